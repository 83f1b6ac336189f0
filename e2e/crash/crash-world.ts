import { clusterPort } from '@/lib/adapters/ceph/cluster-port'
import { mirrorPort } from '@/lib/adapters/ceph/mirror-port'
import type { ImageMember } from '@/lib/domain/plan'
import { type ImageSpec, type SiteName, specText } from '@/lib/domain/words'
import type { CrashWorld } from '@/lib/engine/crash-harness'
import type { Channel, CommandResult } from '@/lib/ports/channel'
import type { ClusterPort } from '@/lib/ports/cluster'
import { AdapterError } from '@/lib/ports/errors'
import { type Chosen, families } from '@/lib/procedures/families'
import { HelperRefusal } from '@/lib/simulator/helper-refusal'
import { virtualClock } from '@/lib/simulator/manual-clock'
import { smallWorld } from '@/lib/simulator/small-world'
import type { WorldSpec } from '@/lib/simulator/spec'
import { createWorld, type World } from '@/lib/simulator/world'

/** Both modes, and a clone with its parent in another pool. */
export const NAMES = ['volumes/vol-journal-1', 'volumes/vol-snap-1', 'images/img-base-1', 'volumes/vol-clone-1']
export const [A, B] = ['site-a', 'site-b'] as const

export const specOf = (text: string): ImageSpec => {
  const [pool = '', name = ''] = text.split('/')
  return { pool, namespace: '', name }
}

/** The simulator without its socket: the same argv, helper calls and attempts, on a clock that jumps over waiting. */
function channelOf(world: World, site: SiteName, sleep: (ms: number) => Promise<void>): Channel {
  const overdue: CommandResult = { exit: null, stdout: '', stderr: '', durationMs: 0, overdue: true }
  return {
    site,
    command: (argv) => world.command(site, argv),
    change: (argv, { attemptId, onStarted, softDeadlineMs, stdin }) =>
      Promise.race([
        world.change(site, argv, { attemptId, onStarted, ...(stdin && { stdin: stdin.reveal() }) }),
        sleep(softDeadlineMs).then(() => overdue),
      ]),
    call: (method, params) =>
      world.call(site, method, params).catch((error: unknown) => {
        if (!(error instanceof HelperRefusal)) throw error
        throw new AdapterError(error.kind, site, method, `${site}: ${error.message}`, error.errno)
      }),
    mayLive: async (attemptId) => world.mayLive(attemptId),
    shown: (argv) => argv,
    close: async () => {},
  }
}

export interface Simulated {
  readonly world: World
  readonly crash: CrashWorld
  cluster(site: SiteName): ClusterPort
  monAddresses(site: SiteName): Promise<readonly string[]>
}

/** Between two looks of a run that waits. A crash point stands at every look, so what waits a minute wants fewer. */
const LOOK_EVERY_MS = [20, 200] as const

export function simulated(
  spec: WorldSpec = smallWorld(),
  lookEveryMs: readonly [number, number] = LOOK_EVERY_MS,
): Simulated {
  const clock = virtualClock(Date.UTC(2026, 0, 1))
  const world = createWorld({ clock, spec })
  const channels = new Map([A, B].map((site) => [site as string, channelOf(world, site, clock.sleep)]))
  const channel = (site: SiteName) => {
    const found = channels.get(site)
    if (found === undefined) throw new Error(`no site ${site}`)
    return found
  }
  const ports = new Map([A, B].map((site) => [site as string, mirrorPort(site, channel(site))]))
  const port = (site: SiteName) => {
    const found = ports.get(site)
    if (found === undefined) throw new Error(`no site ${site}`)
    return found
  }
  return {
    world,
    crash: { clock, port, lookEveryMs },
    cluster: (site) => clusterPort(site, channel(site)),
    monAddresses: async (site) => (await clusterPort(site, channel(site)).facts()).monAddresses,
  }
}

/** The images as a site tells of them now, in their clone families. */
export async function membersAt(
  { port }: CrashWorld,
  site: SiteName,
  names: readonly string[] = NAMES,
): Promise<readonly ImageMember[]> {
  const specs = names.map(specOf)
  const read = await port(site).lineages(specs)
  const chosen = read.map((one, index): Chosen => {
    if (one.kind === 'unknown') throw new Error(`${names[index]}: ${one.reason}`)
    const { globalId, mode, parent, sizeBytes } = one.value
    return { key: names[index] ?? '', image: specs[index] as ImageSpec, globalId, mode, parent, sizeBytes }
  })
  return families(chosen, new Map()).members
}

/** What the clusters were told that ended well, by the run alone: `site argv`, in the order of its start. */
export const toldOf = (world: World): readonly string[] =>
  world
    .recorded()
    .filter(({ attemptId, exit }) => attemptId !== null && exit === 0)
    .map(({ site, argv }) => `${site} ${argv.join(' ')}`)

/** Changes that were made twice: always wrong. */
export const twice = (told: readonly string[]): readonly string[] =>
  told.filter((line, index) => told.indexOf(line) !== index)

/** Does `rbd info` at that site call the image primary? */
export async function isPrimary(world: World, site: SiteName, name: string): Promise<boolean> {
  const { stdout } = await world.command(site, ['rbd', 'info', specText(specOf(name)), '--format', 'json'])
  return (JSON.parse(stdout) as { mirroring: { primary: boolean } }).mirroring.primary
}
