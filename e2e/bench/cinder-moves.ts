import type { VolumeService } from '@/lib/domain/cloud'
import { WAY_BACK } from '@/lib/domain/cloud-place'
import { cloudArgv } from '@/lib/ports/cloud'
import type { CinderIntent } from '@/lib/views/cinder-failover'
import { type Judged, judge } from '../lab-tests/cinder-judge'
import { BACKEND, type CinderLab } from '../lab-tests/cinder-lab'
import { pause, until } from '../lab-tests/lab'
import { SITES } from '../lab-tests/lab-world'
import { type MachineLoad, watchMachine } from './machine-load'

const LOOK_MS = 200
const SERVED_MS = 300_000
const RUN_MS = 600_000

/** What became of the volumes that were to go, judged from outside. */
export interface Became {
  readonly inError: number
  /** Images that are primary at both sites: two histories, and nothing says which one counts. */
  readonly atBoth: number
  readonly atTargetAlone: number
  /** Images that are not primary at the target. */
  readonly elsewhere: number
  /** What Cinder says of the backend: `failed-over`. */
  readonly cinderSays: string
}

export interface Moved {
  readonly by: 'Cinder alone' | 'Antipode'
  readonly from: string
  readonly to: string
  /** From the order until Cinder serves from the target and every image that is to be is seen primary there. */
  readonly servedSec: number
  /** From the order until Cinder was told to fail over; of Cinder alone that is the order. */
  readonly toldSec: number
  /** From the order until the run has ended, its proofs and the thaw included; Cinder alone has none. */
  readonly endedSec: number | null
  readonly stepsSec?: Readonly<Record<string, number>>
  readonly became: Became
  readonly machine: MachineLoad
}

const sec = (ms: number): number => Math.round(ms / 100) / 10

export function becameOf({ volumes, primaries, backend }: Judged, { to, names }: Pick<Move, 'to' | 'names'>): Became {
  const at = names.map((name) => primaries[name] ?? [])
  const count = (holds: (sites: readonly string[]) => boolean) => at.filter(holds).length
  return {
    inError: names.filter((name) => volumes[name]?.startsWith('error') ?? true).length,
    atBoth: count((sites) => sites.length > 1),
    atTargetAlone: count((sites) => sites.length === 1 && sites[0] === to),
    elsewhere: count((sites) => !sites.includes(to)),
    cinderSays: backend.replication_status,
  }
}

export interface Move {
  readonly from: string
  readonly to: string
  readonly target: string
  /** Images that are to be primary at the target. */
  readonly names: readonly string[]
  /** Sites that answer meanwhile. */
  readonly sites?: readonly string[]
  readonly without?: readonly string[]
}

const hasMoved = ({ activeBackendId, replicationStatus }: VolumeService, target: string): boolean =>
  replicationStatus !== 'failing-over' && (activeBackendId ?? WAY_BACK) === target

/** Until Cinder says so; `over`: that nothing more is coming. Throws after five minutes. */
async function untilServed(
  world: CinderLab,
  { target, to }: Move,
  specs: readonly string[],
  over: () => Promise<boolean>,
) {
  const images = specs.map((spec) => ({ pool: 'volumes', namespace: '', name: spec }))
  for (const end = Date.now() + SERVED_MS; Date.now() < end; await pause(LOOK_MS)) {
    if (hasMoved(await world.service(), target)) {
      const roles = await world.mirror(to).lineages(images)
      if (roles.every((one) => one.kind === 'known' && one.value.role === 'primary')) return
    }
    if (await over()) return
  }
  throw new Error(`Cinder does not serve from ${target} after ${SERVED_MS / 1000} s`)
}

const imagesOf = async (world: CinderLab, names: readonly string[]): Promise<readonly string[]> => {
  const wanted = new Set(names)
  return (await world.cloud.volumes('all')).filter(({ name }) => wanted.has(name)).map(({ id }) => `volume-${id}`)
}

/** `failover_host`, as an operator types it, and nothing else. */
export async function moveByCinder(world: CinderLab, move: Move): Promise<Moved> {
  const images = await imagesOf(world, move.names)
  const machine = watchMachine()
  const began = performance.now()
  const argv = cloudArgv.failoverHost(BACKEND.host, move.target)
  const act = { attemptId: crypto.randomUUID(), softDeadlineMs: 60_000, onStarted: () => undefined }
  const { exit, stderr } = await world.cloud.act(argv, act)
  if (exit !== 0) throw new Error(`failover_host was refused: ${exit} ${stderr}`)
  await untilServed(world, move, images, async () => (await world.service()).replicationStatus !== 'failing-over')
  const servedSec = sec(performance.now() - began)
  const load = machine()
  const became = becameOf(await judge(move.sites ?? SITES, move), move)
  return {
    by: 'Cinder alone',
    from: move.from,
    to: move.to,
    toldSec: 0,
    servedSec,
    endedSec: null,
    became,
    machine: load,
  }
}

/** The whole run of Antipode, from the click on; both its clusters and its cloud are looked at before, as its wizard does. */
export async function moveByAntipode(world: CinderLab, move: Move, more: Partial<CinderIntent> = {}): Promise<Moved> {
  const images = await imagesOf(world, move.names)
  const intent = world.intentOf(move.target, more)
  const seen = await world.untilItCanGo(intent)
  const machine = watchMachine()
  const [began, ordered] = [performance.now(), Date.now()]
  const id = await world.start(intent, seen)
  await untilServed(world, move, images, () => world.hasEnded(id))
  const servedSec = sec(performance.now() - began)
  const end = Date.now() + RUN_MS
  await until(async () => (await world.hasEnded(id)) || Date.now() > end)
  const endedSec = sec(performance.now() - began)
  const { state, reason } = await world.run(id)
  if (state !== 'succeeded') throw new Error(`the run from ${move.from} to ${move.to} is ${state}: ${reason}`)
  const load = machine()
  const [steps, attempts] = [await world.steps(id), await world.attempts(id)]
  const told = attempts.find(({ argv }) => argv.includes('failover_host'))
  const toldSec = sec((told?.intent_at ?? Number.NaN) - ordered)
  const stepsSec = Object.fromEntries(
    steps.map((step) => [step.name, sec((step.ended_at ?? 0) - (step.started_at ?? step.ended_at ?? 0))]),
  )
  const became = becameOf(await judge(move.sites ?? SITES, move), move)
  return { by: 'Antipode', from: move.from, to: move.to, toldSec, servedSec, endedSec, stepsSec, became, machine: load }
}
