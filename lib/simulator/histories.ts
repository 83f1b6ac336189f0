import type { SiteName } from '@/lib/domain/words'
import { type Copy, ownTurn, standing, type Turn } from './image-state'

/**
 * Can a copy with this history go on from the other's? Where it cannot, rbd-mirror says split-brain: the copy owned a
 * turn that the other never saw, or saw one end that the other cut short by force.
 */
export function fits(copy: readonly Turn[], source: readonly Turn[]): boolean {
  const last = copy.at(-1)
  if (last === undefined) return true
  const same = source.find((turn) => turn.id === last.id)
  if (same === undefined) return false
  return last.end === 'ended' ? same.end === 'ended' : same.end !== 'cut'
}

/** Does `source` at `site` have something that a copy elsewhere could follow: a turn of its own, open or ended? */
export const isSource = (source: Copy, site: SiteName): boolean =>
  source.mode !== null && ownTurn(source, site) !== null && source.copying === null

/** Would rbd-mirror at the copy's site call this a split-brain? Two primaries it never complains about. */
export function splitBrain(copy: Copy, copySite: SiteName, source: Copy, sourceSite: SiteName): boolean {
  if (standing(copy) === 'primary' || copy.copying !== null || copy.resyncAt !== null) return false
  if (standing(source) !== 'primary') return false
  if (copy.estranged === true) return true
  return isSource(source, sourceSite) && !fits(copy.history, source.history) && ownTurn(copy, copySite) !== null
}

/** What the copy knows once it follows the source's newest turn: still open to it until the demotion arrives. */
export function following(source: readonly Turn[], arrived: boolean): readonly Turn[] {
  const last = source.at(-1)
  if (last === undefined || arrived) return source
  return [...source.slice(0, -1), { ...last, end: 'open', until: null }]
}

/** The users' own snapshots that a source had at `t`: they come to a copy with the content. */
export const takenBy = (source: Copy, t: number): Copy['taken'] => source.taken?.filter((snap) => snap.takenAt <= t)
