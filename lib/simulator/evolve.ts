import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { contentAt, followJournal } from './follow-journal'
import { followSnapshot, isRead, trimmed, withScheduled } from './follow-snapshot'
import { fits, following, isSource, takenBy } from './histories'
import { hexId } from './identity'
import { type Copy, type ImageState, type MirrorSnap, peerOf, standing } from './image-state'
import { workAfter } from './timeline'

/** How long after its primary's mirroring was disabled a copy is removed. */
const ABANDON_MS = 700

/** Large images take longer to copy than small ones. */
export const copyWorkMs = (conditions: Conditions, sizeBytes: number): number =>
  conditions.timings.copyMs * Math.max(0.2, Math.min(10, sizeBytes / 10_737_418_240))

/** A copy that rbd-mirror has just created and begins to fill. */
function created(conditions: Conditions, image: ImageState, source: Copy, site: SiteName, at: number): Copy {
  return {
    ...source,
    id: hexId(conditions.seed, image.index, site, at),
    createdAt: at,
    history: [],
    held: [],
    taken: [],
    runs: [],
    snaps: [],
    tag: { id: 0, owner: 'peer' },
    filled: true,
    position: null,
    copying: { from: at, workMs: copyWorkMs(conditions, source.sizeBytes) },
    resyncAt: null,
    abandonedAt: null,
    changedAt: at,
    clients: [],
  }
}

/** Ends the first copy where it is done by `t`: from here on the copy follows. */
function copied(
  conditions: Conditions,
  pool: string,
  [fromSite, source]: readonly [SiteName, Copy],
  [toSite, copy]: readonly [SiteName, Copy],
  t: number,
): Copy {
  if (copy.copying === null || !isSource(source, fromSite)) return copy
  const gaps = conditions.flowGaps(pool, fromSite, toSite)
  const base = copy.mode === 'snapshot' ? firstSnap(conditions, pool, toSite, source, copy.copying.from, true) : null
  // One that was made while the pool had no peer is nobody's: the copying begins with the next (ceph-facts 31).
  if (copy.mode === 'snapshot' && base === null) return copy
  const doneAt = workAfter(gaps, Math.max(copy.copying.from, base?.contentAt ?? 0), copy.copying.workMs)
  if (doneAt > t) return copy
  const turn = source.history.at(-1)
  const basedAt = Math.max(copy.copying.from, base?.contentAt ?? 0, turn?.from ?? 0)
  const done: Copy = {
    ...copy,
    copying: null,
    changedAt: doneAt,
    history: following(source.history, false),
    held: contentAt(conditions, fromSite, source, basedAt),
    taken: takenBy(source, basedAt),
    tag: { id: 1, owner: 'peer' },
  }
  // The first copy ends with a complete snapshot, whatever the source has made since.
  return base === null ? done : { ...done, snaps: [base] }
}

/** The mirror snapshot that a first copy fills; it is there, incomplete, while it is being filled. */
function firstSnap(
  conditions: Conditions,
  pool: string,
  site: SiteName,
  source: Copy,
  from: number,
  complete: boolean,
): MirrorSnap | null {
  const offered = source.snaps.filter((snap) => isRead(conditions, pool, site, snap))
  const until = Math.max(from, source.history.at(-1)?.from ?? 0)
  const base = offered.findLast((snap) => snap.contentAt <= until) ?? offered[0]
  if (base === undefined) return null
  const takenAt = Math.max(from, base.contentAt)
  return { ...base, state: 'non_primary', complete, linked: false, primarySnapId: base.id, takenAt }
}

/** When rbd-mirror removes a copy that is flagged for a resync or whose primary is mirrored no more. */
function removalOf(conditions: Conditions, pool: string, site: SiteName, from: SiteName, copy: Copy): number {
  const gaps = conditions.flowGaps(pool, from, site)
  if (copy.abandonedAt !== null) return workAfter(gaps, copy.abandonedAt, ABANDON_MS)
  if (copy.resyncAt !== null) return workAfter(gaps, copy.resyncAt, conditions.timings.resyncRemoveMs)
  return Number.POSITIVE_INFINITY
}

/** The copy at `t`, or when it ceased to be. `source` is what the peer's site holds, at `t`. */
function evolvedCopy(
  conditions: Conditions,
  image: ImageState,
  site: SiteName,
  from: SiteName,
  source: Copy | undefined,
  t: number,
): { copy: Copy | undefined; absentSince: number | null } {
  const { pool } = image
  const copy = image.copies[site]
  const gaps = conditions.flowGaps(pool, from, site)
  const sourceIsPrimary = source !== undefined && source.mode !== null && standing(source) === 'primary'
  const since = image.absentSince[site] ?? null

  let removedAt = copy === undefined ? since : null
  if (copy !== undefined && (copy.abandonedAt !== null || copy.resyncAt !== null)) {
    const goneAt = removalOf(conditions, pool, site, from, copy)
    if (goneAt > t) return { copy, absentSince: since }
    // Ceph removes the copy first and only then looks for something to copy from (ceph-facts 2).
    removedAt = goneAt
  }
  if (copy === undefined || removedAt !== null) {
    if (!sourceIsPrimary || image.trouble !== null) return { copy: undefined, absentSince: removedAt }
    const from0 = Math.max(removedAt ?? 0, source.history.at(-1)?.from ?? 0)
    const createdAt = workAfter(gaps, from0, conditions.timings.resyncRecreateMs)
    if (createdAt > t) return { copy: undefined, absentSince: removedAt }
    const fresh = created(conditions, image, source, site, createdAt)
    return { copy: followed(conditions, image, [from, source], [site, fresh], t), absentSince: null }
  }
  if (copy.mode === null || source === undefined) return { copy, absentSince: since }
  return { copy: followed(conditions, image, [from, source], [site, copy], t), absentSince: since }
}

function followed(
  conditions: Conditions,
  image: ImageState,
  source: readonly [SiteName, Copy],
  target: readonly [SiteName, Copy],
  t: number,
): Copy {
  const [site] = target
  const copy = copied(conditions, image.pool, source, target, t)
  if (copy.copying !== null) {
    const { from } = copy.copying
    if (copy.mode === 'journal') return copy
    const first = firstSnap(conditions, image.pool, site, source[1], from, false)
    return { ...copy, snaps: first === null ? [] : [first] }
  }
  if (standing(copy) === 'primary') return copy
  if (!isSource(source[1], source[0]) || source[1].mode !== copy.mode) return copy
  if (copy.estranged === true || !fits(copy.history, source[1].history)) return copy
  return copy.mode === 'journal'
    ? followJournal(conditions, image, source, [site, copy], t)
    : followSnapshot(conditions, image, source, [site, copy], t)
}

function removedNext(conditions: Conditions, image: ImageState): number {
  let next = Number.POSITIVE_INFINITY
  for (const site of image.sites) {
    const copy = image.copies[site]
    const peer = peerOf(image, site)
    if (copy !== undefined && peer !== null) next = Math.min(next, removalOf(conditions, image.pool, site, peer, copy))
  }
  return next
}

/**
 * The image at time `t`, worked out from its record in one go: nothing ticks, and how often it is looked at makes no
 * difference. `t` must not lie before the record.
 */
export function evolve(conditions: Conditions, image: ImageState, t: number): ImageState {
  if (t <= image.at) return image
  // What goes on at one site ends for the other when its copy is removed: first up to there, then on.
  const ends = removedNext(conditions, image)
  if (ends > image.at && ends < t) return evolve(conditions, evolve(conditions, image, ends), t)
  const copies: Record<SiteName, Copy> = {}
  const absent: Record<SiteName, number> = {}
  const primed: Record<SiteName, Copy> = {}
  for (const site of image.sites) {
    const copy = image.copies[site]
    if (copy !== undefined) primed[site] = withScheduled(conditions, image, site, copy, t)
  }
  for (const site of image.sites) {
    const copy = primed[site]
    const peer = peerOf(image, site)
    if (peer === null || (copy !== undefined && copy.mode !== null && standing(copy) === 'primary')) {
      if (copy !== undefined) copies[site] = copy
      continue
    }
    const next = evolvedCopy(conditions, image, site, peer, primed[peer], t)
    if (next.copy !== undefined) copies[site] = next.copy
    if (next.absentSince !== null) absent[site] = next.absentSince
  }
  for (const site of image.sites) {
    const copy = copies[site]
    const peer = peerOf(image, site)
    if (copy?.mode !== 'snapshot' || standing(copy) !== 'primary') continue
    const held =
      peer === null ? undefined : copies[peer]?.snaps.findLast((snap) => snap.complete && snap.primarySnapId !== null)
    copies[site] = trimmed(copy, held?.primarySnapId ?? null)
  }
  return { ...image, at: t, copies, absentSince: absent }
}
