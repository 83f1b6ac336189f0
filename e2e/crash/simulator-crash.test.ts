import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mirrorPort } from '@/lib/adapters/ceph/mirror-port'
import type { Plan } from '@/lib/domain/plan'
import { type ImageSpec, type SiteName, specText } from '@/lib/domain/words'
import { type CrashWorld, carryThrough } from '@/lib/engine/crash-harness'
import type { Channel, CommandResult } from '@/lib/ports/channel'
import { families } from '@/lib/procedures/families'
import { compilePlannedFailover } from '@/lib/procedures/planned-failover'
import { virtualClock } from '@/lib/simulator/manual-clock'
import { smallWorld } from '@/lib/simulator/small-world'
import { lostWrites } from '@/lib/simulator/truth'
import { createWorld, type World } from '@/lib/simulator/world'

const NAMES = ['volumes/vol-journal-1', 'volumes/vol-snap-1', 'images/img-base-1', 'volumes/vol-clone-1']
const [FROM, TO] = ['site-a', 'site-b'] as const

const specOf = (text: string): ImageSpec => {
  const [pool = '', name = ''] = text.split('/')
  return { pool, namespace: '', name }
}

/** The simulator without its socket: the same argv, helper calls and attempts, on a clock that jumps over waiting. */
function channelOf(world: World, site: SiteName, sleep: (ms: number) => Promise<void>): Channel {
  const overdue: CommandResult = { exit: null, stdout: '', stderr: '', durationMs: 0, overdue: true }
  return {
    site,
    command: (argv) => world.command(site, argv),
    change: (argv, { attemptId, onStarted, softDeadlineMs }) =>
      Promise.race([world.change(site, argv, { attemptId, onStarted }), sleep(softDeadlineMs).then(() => overdue)]),
    call: (method, params) => world.call(site, method, params),
    mayLive: async (attemptId) => world.mayLive(attemptId),
    shown: (argv) => argv,
    close: async () => {},
  }
}

function worldOf(): { world: World; crash: CrashWorld } {
  const clock = virtualClock(Date.UTC(2026, 0, 1))
  const world = createWorld({ clock, spec: smallWorld() })
  const ports = new Map(
    [FROM, TO].map((site) => [site as string, mirrorPort(site, channelOf(world, site, clock.sleep))]),
  )
  const port = (site: SiteName) => {
    const found = ports.get(site)
    if (found === undefined) throw new Error(`no site ${site}`)
    return found
  }
  return { world, crash: { clock, port, lookEveryMs: [20, 200] } }
}

async function planOf({ port }: CrashWorld): Promise<Plan> {
  const specs = NAMES.map(specOf)
  const read = await port(FROM).lineages(specs)
  const chosen = read.map((one, index) => {
    if (one.kind === 'unknown') throw new Error(`${NAMES[index]}: ${one.reason}`)
    const { globalId, mode, parent, sizeBytes } = one.value
    return { key: NAMES[index] ?? '', image: specs[index] as ImageSpec, globalId, mode, parent, sizeBytes }
  })
  const images = families(chosen, new Map()).members
  const schedules = await port(FROM).schedules()
  const options = { allOrNothing: false, clients: 'wait' } as const
  return compilePlannedFailover({ from: FROM, to: TO, options, images, schedules, wholePools: new Set() })
}

/** From outside: by what the clusters were told, and what they are. */
async function judged(kills: readonly number[]): Promise<readonly string[]> {
  const { world, crash } = worldOf()
  const { points, run } = await carryThrough(crash, await planOf(crash), kills)
  expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
  const told = world.recorded().filter(({ attemptId }) => attemptId !== null)
  for (const name of NAMES) {
    const of = (verb: string) =>
      told.filter(({ argv, exit }) => exit === 0 && argv.includes(verb) && argv.at(-1) === name)
    const [demotes, promotes] = [of('demote'), of('promote')]
    expect({
      kills,
      name,
      demotes: demotes.map(({ site }) => site),
      promotes: promotes.map(({ site }) => site),
    }).toEqual({
      ...{ kills, name, demotes: [FROM], promotes: [TO] },
    })
    expect(promotes[0]?.startedAt).toBeGreaterThanOrEqual(demotes[0]?.endedAt ?? Number.POSITIVE_INFINITY)
    const { pool, name: image } = specOf(name)
    const { [FROM]: from, [TO]: to } = world.truth(pool, image)
    if (from === undefined || to === undefined) throw new Error(`${name} has no two copies`)
    expect(lostWrites(from, to)).toBe(0)
    for (const [site, primary] of [
      [FROM, false],
      [TO, true],
    ] as const) {
      const { stdout } = await world.command(site, ['rbd', 'info', specText(specOf(name)), '--format', 'json'])
      expect(JSON.parse(stdout).mirroring.primary).toBe(primary)
    }
  }
  const again = told
    .map(({ site, argv, exit }) => `${site} ${argv.join(' ')} ${exit}`)
    .filter((line, index, all) => line.endsWith(' 0') && all.indexOf(line) !== index)
  expect({ kills, again }).toEqual({ kills, again: [] })
  return points
}

test('in the simulator: killed at any point of any step, each image is demoted once, promoted once, and loses nothing', {
  timeout: 600_000,
}, async () => {
  const points = await judged([])
  for (const step of ['demote', 'promote', 'final-snapshot', 'first-snapshot', 'add-schedule']) {
    for (const point of ['before-intent', 'after-intent', 'act-started', 'after-act', 'after-conclude'])
      expect(points).toContain(`${point} ${step}`)
  }
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})

test('in the simulator: killed again and again', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 5 }), async (kills) => {
      await judged(kills)
    }),
    { numRuns: 15 },
  )
})
