import { execFile } from 'node:child_process'
import type { EngineWorld } from '../lab-tests/engine-world'
import { conf, lab, pause, until } from '../lab-tests/lab'
import { processorMs } from './processor-time'
import type { Spent } from './timed-port'

const WIDE = 8
/** Not arrived yet, or rbd-mirror still has hold of the copy: said again. */
const NOT_YET: readonly number[] = [16, 30]
const RETRY_MS = 200

export interface Move {
  readonly by: 'engine' | 'rbd'
  readonly from: string
  readonly to: string
  /** From the first demotion to the last promotion. */
  readonly wallSec: number
  readonly demoteSec: number
  /** Prove and promote; with `rbd` alone, promote until it is no longer refused. */
  readonly promoteSec: number
  readonly processorSec: number
  /** What the engine asked of both sites meanwhile, and how long each took. */
  readonly asked?: Readonly<Record<string, Spent>>
}

const sec = (ms: number): number => Math.round(ms / 10) / 100

export interface Watched {
  readonly helpers: readonly number[]
  take(): Readonly<Record<string, Spent>>
}

/** The engine's whole run; measured is what lies between the first demotion and the last promotion. */
export async function moveByEngine(
  world: EngineWorld,
  specs: readonly string[],
  from: string,
  to: string,
  { helpers, take }: Watched,
): Promise<Move> {
  await lab('wait')
  const id = await world.begin(from, to, specs, { allOrNothing: false })
  const stepOf = async (name: string) => (await world.steps(id)).find((step) => step.name === name)
  await until(async () => (await stepOf('demote'))?.started_at != null, 20)
  const before = processorMs(helpers)
  take()
  await until(async () => (await stepOf('promote'))?.state === 'done', 50)
  const spent = processorMs(helpers) - before
  const asked = take()
  await until(() => world.hasEnded(id))
  const { state, reason } = await world.run(id)
  if (state !== 'succeeded') throw new Error(`the engine's run ended ${state}: ${reason}`)
  const [demote, promote] = [await stepOf('demote'), await stepOf('promote')]
  const [began, demoted, ended] = [demote?.started_at ?? 0, demote?.ended_at ?? 0, promote?.ended_at ?? 0]
  const walls = { wallSec: sec(ended - began), demoteSec: sec(demoted - began), promoteSec: sec(ended - demoted) }
  return { by: 'engine', from, to, ...walls, processorSec: sec(spent), asked }
}

/** `rbd`, eight at a time, with nothing looked at: what a script would do. */
export async function moveByRbd(specs: readonly string[], from: string, to: string): Promise<Move> {
  await lab('wait')
  const before = processorMs([])
  const began = performance.now()
  await eightWide(specs, (spec) => change(from, 'demote', spec))
  const demoted = performance.now()
  await eightWide(specs, async (spec) => {
    while (NOT_YET.includes(await change(to, 'promote', spec))) await pause(RETRY_MS)
  })
  const ended = performance.now()
  const walls = { wallSec: sec(ended - began), demoteSec: sec(demoted - began), promoteSec: sec(ended - demoted) }
  return { by: 'rbd', from, to, ...walls, processorSec: sec(processorMs([]) - before) }
}

async function eightWide(specs: readonly string[], work: (spec: string) => Promise<unknown>): Promise<void> {
  const left = [...specs]
  const lane = async () => {
    for (let spec = left.shift(); spec !== undefined; spec = left.shift()) await work(spec)
  }
  await Promise.all(Array.from({ length: WIDE }, lane))
}

function change(site: string, verb: 'demote' | 'promote', spec: string): Promise<number> {
  return new Promise((resolve, reject) => {
    execFile('rbd', ['-c', conf(site), 'mirror', 'image', verb, spec], (error) => {
      const exit = error === null ? 0 : Number(error.code)
      if (exit === 0 || (verb === 'promote' && NOT_YET.includes(exit))) resolve(exit)
      else reject(new Error(`${verb} of ${spec}: ${error?.message}`))
    })
  })
}
