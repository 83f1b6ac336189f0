import type { SiteName } from '@/lib/domain/words'
import type { CommandResult } from '@/lib/ports/channel'
import type { FoundImage } from '@/lib/ports/mirror'
import type { TinyImage, TinyWorld } from './tiny-world'

/** What is kept aside at a site, by its spec: the id that it had. Mirrored by nobody. */
export type Kept = Map<string, string>

const keptKey = (site: SiteName, spec: string): string => `${site}:${spec}`

export function foundAt(world: TinyWorld, site: SiteName, spec: string): FoundImage {
  const kept = world.kept.get(keptKey(site, spec))
  if (kept !== undefined) return { kind: 'there', imageId: kept, globalId: null, snapshots: [], features: [] }
  const one = world.images.get(spec)
  if (one === undefined || one.ids.get(site) === null) return { kind: 'absent' }
  return {
    kind: 'there',
    imageId: one.ids.get(site) ?? one.image.name,
    globalId: one.unmirrored.has(site) ? null : one.globalId,
    snapshots: one.points.get(site) ?? [],
    features: [],
  }
}

/** `rbd snap create`, `rbd mirror image disable` and `rbd rename`, as a tiny world does them. */
export function keeping(world: TinyWorld, site: SiteName, argv: readonly string[], ok: CommandResult): CommandResult {
  const [verb] = argv.slice(1)
  if (verb === 'snap') {
    const [spec = '', point = ''] = (argv.at(-1) ?? '').split('@')
    const one = world.images.get(spec)
    if (one === undefined) return { ...ok, exit: 2 }
    one.points.set(site, [...(one.points.get(site) ?? []), point])
    return ok
  }
  const one = world.images.get(verb === 'rename' ? (argv[2] ?? '') : (argv.at(-1) ?? ''))
  if (one === undefined) return { ...ok, exit: 2, stderr: 'no such image' }
  if (verb !== 'rename') {
    if (!one.primaryAt.has(site) && !argv.includes('--force')) return { ...ok, exit: 22, stderr: 'not primary' }
    one.unmirrored.add(site)
    one.primaryAt.delete(site)
    return ok
  }
  world.kept.set(keptKey(site, argv[3] ?? ''), one.ids.get(site) ?? one.image.name)
  madeAnew(world, one, site)
  return ok
}

/** rbd-mirror deletes the copy and makes it anew, at once. */
export function resynced(world: TinyWorld, one: TinyImage, site: SiteName): void {
  one.points.set(site, [])
  madeAnew(world, one, site)
}

/** rbd-mirror finds the name free, and copies the image of the other site to it. */
function madeAnew(world: TinyWorld, one: TinyImage, site: SiteName): void {
  one.ids.set(site, `${one.image.name}-anew`)
  one.unmirrored.delete(site)
  one.snapshots.set(site, [])
  one.status = 'following'
  world.copy(one, site === 'west' ? 'north' : 'west')
}
