import type { MirrorMode, SiteName } from '@/lib/domain/words'
import type { CommandResult } from '@/lib/ports/channel'
import type { BareWorld } from './bare-world'

/** What every secret of this world has in it: to be looked for where no secret may be. */
export const MARKER = 'not-for-any-eye'

const ok: CommandResult = { exit: 0, stdout: '', stderr: '', durationMs: 1, overdue: false }
const refused = (exit: number, stderr: string): CommandResult => ({ ...ok, exit, stderr })

/** What Ceph does when it is told so, as far as a set-up and a take-down tell it. Refusals as seen on the lab. */
export function bareAct(
  world: BareWorld,
  site: SiteName,
  argv: readonly string[],
  stdin: string | null,
): CommandResult {
  const text = argv.slice(1).join(' ')
  if (text.startsWith('mirror pool peer')) return peers(world, site, argv, stdin)
  if (text.startsWith('mirror pool')) return pool(world, site, argv)
  if (text.startsWith('mirror snapshot schedule')) return schedule(world, argv)
  return image(world, argv)
}

function peers(world: BareWorld, site: SiteName, argv: readonly string[], stdin: string | null): CommandResult {
  const other = site === 'west' ? 'north' : 'west'
  if (argv[4] === 'remove') {
    const now = world.pool(site)
    world.pools.set(site, { ...now, peers: now.peers.filter(({ uuid }) => uuid !== argv.at(-1)) })
    return ok
  }
  if (!stdin?.startsWith(`${MARKER} of ${other}`)) return refused(22, 'not a token of the other site')
  const direction = argv.includes('rx-only') ? 'rx-only' : 'rx-tx'
  world.addPeer(site, { siteName: other, direction, clientName: 'client.rbd-mirror-peer' })
  if (argv.includes('import') && direction === 'rx-tx')
    world.addPeer(other, { siteName: site, direction, clientName: 'client.rbd-mirror-peer' })
  return ok
}

function pool(world: BareWorld, site: SiteName, argv: readonly string[]): CommandResult {
  const now = world.pool(site)
  if (argv[3] === 'enable') {
    world.pools.set(site, { ...now, mode: argv.at(-1) as 'image' | 'pool', siteName: site })
    return ok
  }
  if (now.peers.length > 0) return refused(16, 'mirroring peers still registered')
  world.pools.set(site, { ...now, mode: 'disabled' })
  return ok
}

function schedule({ schedules }: BareWorld, argv: readonly string[]): CommandResult {
  const value = (flag: string) => (argv.includes(flag) ? (argv[argv.indexOf(flag) + 1] ?? null) : null)
  const interval = argv.at(-1) ?? ''
  if (argv.includes('add'))
    schedules.push({ pool: value('--pool'), namespace: null, image: value('--image'), interval, startTime: null })
  else schedules.splice(0)
  return ok
}

function image(world: BareWorld, argv: readonly string[]): CommandResult {
  const one = argv.map((word) => world.images.get(word)).find((found) => found !== undefined)
  if (one === undefined) return refused(2, 'no such image')
  if (argv[1] === 'feature') {
    for (const feature of argv.slice(4)) argv[2] === 'enable' ? one.features.add(feature) : one.features.delete(feature)
    return ok
  }
  const clones = [...world.images.values()].filter(({ parent }) => parent === one.spec.name)
  if (argv[3] === 'disable') {
    if (clones.some(({ mode }) => mode !== null)) return refused(16, 'mirrored clones hang on it')
    one.mode = null
    return ok
  }
  const parent = one.parent === null ? undefined : world.images.get(`volumes/${one.parent}`)
  if (parent !== undefined && parent.mode === null) return refused(22, 'mirroring is not enabled for the parent')
  one.mode = argv.at(-1) as MirrorMode
  one.marks.push(Date.now())
  return ok
}
