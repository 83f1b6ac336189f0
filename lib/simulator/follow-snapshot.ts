import type { SiteName } from '@/lib/domain/words'
import { type Conditions, receiving } from './conditions'
import { contentAt } from './follow-journal'
import { following, takenBy } from './histories'
import { type Copy, type ImageState, type MirrorSnap, ownTurn, standing } from './image-state'
import { scheduledTimes, schedulesOf } from './schedules'

/** A scheduler makes the snapshots of its many images one after the other: this one's turn comes so much later. */
const SPREAD_MS = 1_500
/** Ceph keeps at most so many mirror snapshots for a peer that does not fetch them. */
const KEPT = 5

/** Ids grow with time, as those of a pool do; never the same twice within an image. */
export const snapIdAt = (conditions: Conditions, at: number, newest: number): number =>
  Math.max(newest + 1, 4 + Math.floor((at - conditions.state.zero) / 1000))

/** A mirror snapshot made at a primary at `at`. */
export function primarySnap(
  conditions: Conditions,
  at: number,
  state: 'primary' | 'primary_demoted',
  newest: number,
): MirrorSnap {
  return {
    id: snapIdAt(conditions, at, newest),
    state,
    complete: true,
    linked: true,
    primarySnapId: null,
    contentAt: at,
    takenAt: at,
  }
}

/** Was the mirror snapshot made while the pool had a peer that receives at `to`? Others are read by nobody. */
export const isRead = (conditions: Conditions, pool: string, to: SiteName, snap: MirrorSnap): boolean =>
  conditions.valueAt(receiving(to, pool), snap.contentAt) === 'up'

const lagOf = (conditions: Conditions, image: ImageState, snap: MirrorSnap): number =>
  snap.state === 'primary_demoted'
    ? conditions.timings.snapshotDemotionMs
    : conditions.timings.snapshotDoneMs * (0.6 + 0.8 * image.jitter)

/** The mirror snapshots of a primary at `t`: those made by command and those that its schedules made since the record. */
export function withScheduled(conditions: Conditions, image: ImageState, site: SiteName, copy: Copy, t: number): Copy {
  const turn = ownTurn(copy, site)
  if (copy.mode !== 'snapshot' || turn === null || standing(copy) !== 'primary') return copy
  const schedules = schedulesOf(conditions, site, image.pool, image.name)
  if (schedules.length === 0) return copy
  const after = Math.max(image.at, turn.from) - SPREAD_MS
  const offset = Math.floor(image.jitter * SPREAD_MS)
  const times = scheduledTimes(conditions, schedules, after, t, KEPT + 1)
  const peer = image.sites.find((name) => name !== site)
  // A copy that is far behind holds one that is older than the newest few: it must not be forgotten.
  if (peer !== undefined && times.length > KEPT) {
    const lag = conditions.timings.snapshotDoneMs * (0.6 + 0.8 * image.jitter)
    const held = conditions.horizon(image.pool, site, peer, lag, t) - offset
    if (held < (times.at(-1) as number)) times.push(...scheduledTimes(conditions, schedules, after, held, 1))
  }
  const made = times.map((at) => at + offset).filter((at) => at > image.at && at > turn.from && at <= t)
  const snaps = [...copy.snaps]
  for (const at of made.reverse()) {
    snaps.push(primarySnap(conditions, at, 'primary', snaps.at(-1)?.id ?? 0))
  }
  return { ...copy, snaps }
}

/** What the primary keeps: the newest that the copy holds and one before it, and all newer ones up to Ceph's limit. */
export function trimmed(primary: Copy, heldId: number | null): Copy {
  const { snaps } = primary
  const at = heldId === null ? -1 : snaps.findIndex((snap) => snap.id === heldId)
  if (at < 0)
    return snaps.length <= KEPT ? primary : { ...primary, snaps: [...snaps.slice(0, 1), ...snaps.slice(1 - KEPT)] }
  const older = snaps.slice(Math.max(0, at - 1), at).map((snap) => ({ ...snap, linked: false }))
  const newer = snaps.slice(at + 1)
  return { ...primary, snaps: [...older, snaps[at] as MirrorSnap, ...newer.slice(-KEPT)] }
}

/** A snapshot-mode copy at `t`, where it can follow `source` (whose schedules are already worked out). */
export function followSnapshot(
  conditions: Conditions,
  image: ImageState,
  [fromSite, source]: readonly [SiteName, Copy],
  [toSite, copy]: readonly [SiteName, Copy],
  t: number,
): Copy {
  const whole = copy.snaps.filter((snap) => snap.complete)
  const heldAt = whole.at(-1)?.contentAt ?? Number.NEGATIVE_INFINITY
  const lag = (ms: number) => conditions.horizon(image.pool, fromSite, toSite, ms, t)
  const offered = source.snaps.filter(
    (snap) =>
      (snap.state === 'primary' || snap.state === 'primary_demoted') &&
      snap.contentAt > heldAt &&
      isRead(conditions, image.pool, toSite, snap),
  )
  const done = offered.findLast((snap) => snap.contentAt <= lag(lagOf(conditions, image, snap))) ?? null
  const next = offered.find(
    (snap) => snap.contentAt > (done?.contentAt ?? heldAt) && snap.contentAt <= lag(conditions.timings.snapshotStartMs),
  )
  if (done === null && next === undefined) return whole.length === copy.snaps.length ? copy : { ...copy, snaps: whole }

  const local = (snap: MirrorSnap, complete: boolean, newest: number): MirrorSnap => {
    const takenAt = Math.min(t, snap.contentAt + conditions.timings.snapshotStartMs)
    return {
      id: snapIdAt(conditions, takenAt, newest),
      state: snap.state === 'primary' ? 'non_primary' : 'non_primary_demoted',
      complete,
      linked: false,
      primarySnapId: snap.id,
      contentAt: snap.contentAt,
      takenAt,
    }
  }
  const base = done === null ? whole : [local(done, true, whole.at(-1)?.id ?? 0)]
  const snaps = next === undefined ? base : [...base, local(next, false, base.at(-1)?.id ?? 0)]
  if (done === null) return { ...copy, snaps }
  const arrived = done.state === 'primary_demoted'
  return {
    ...copy,
    snaps,
    history: following(source.history, arrived),
    held: arrived ? source.held : contentAt(conditions, fromSite, source, done.contentAt),
    taken: takenBy(source, done.contentAt),
    changedAt: arrived || ownTurn(copy, toSite) !== null ? done.contentAt : copy.changedAt,
    ...flattened(source, copy, done),
  }
}

/** A copy lets go of its parent with a mirror snapshot made after a flatten, and gets nothing in return (ceph-facts 24). */
const flattened = ({ flattenedAt }: Copy, { parent }: Copy, done: MirrorSnap): Partial<Copy> =>
  flattenedAt !== undefined && parent !== null && done.contentAt >= flattenedAt ? { parent: null, hollow: true } : {}
