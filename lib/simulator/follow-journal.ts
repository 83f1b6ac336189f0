import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { following, takenBy } from './histories'
import type { Copy, Held, ImageState, Position, Turn } from './image-state'
import { workAfter } from './timeline'
import { heldAt, writtenAt } from './writes'

/** Commit positions are written every few seconds: the newest such moment at or before `t`. */
export function commitTick(conditions: Conditions, image: ImageState, t: number): number {
  const step = conditions.timings.commitMs
  const phase = Math.floor(image.jitter * step)
  return Math.floor((t - phase) / step) * step + phase
}

/** Entry 0 of a turn's tag is its own beginning; every acknowledged write appends one. */
const tailOf = (tag: number, writes: number): Position => ({ tag, entry: writes })

/** The tag under which the source wrote its newest turn: the one before the orphan tag once it is demoted. */
const turnTag = (source: Copy, turn: Turn): number => (turn.until === null ? source.tag.id : source.tag.id - 1)

/** The newest entry of a primary's journal at `t`; its orphan tag's only entry once it is demoted. */
export function journalTail(conditions: Conditions, site: SiteName, copy: Copy, t: number): Position | null {
  const turn = copy.history.at(-1)
  if (turn === undefined) return null
  if (copy.tag.owner === '<orphan>') return tailOf(copy.tag.id, 0)
  if (copy.tag.owner === 'peer')
    return copy.held.length === 0 ? null : tailOf(copy.tag.id, copy.held.at(-1)?.writes ?? 0)
  return tailOf(copy.tag.id, writtenAt(conditions, site, copy.runs, t).writes)
}

/** What the journal's own client has committed by `t`: up to some seconds behind the tail while writes go on. */
export function ownCommit(conditions: Conditions, image: ImageState, site: SiteName, t: number): Position | null {
  const copy = image.copies[site]
  const turn = copy?.history.at(-1)
  if (copy === undefined || turn === undefined) return null
  const tick = Math.max(commitTick(conditions, image, t), turn.from)
  return journalTail(conditions, site, copy, Math.min(tick, t))
}

/** How long this image's demotion takes to arrive. */
export function demotionMs(conditions: Conditions, image: ImageState): number {
  const [least, most] = conditions.timings.demotionMs
  return least + (most - least) * image.jitter
}

/** A journal-mode copy at `t`, where it can follow `source`. */
export function followJournal(
  conditions: Conditions,
  image: ImageState,
  [fromSite, source]: readonly [SiteName, Copy],
  [toSite, copy]: readonly [SiteName, Copy],
  t: number,
): Copy {
  const turn = source.history.at(-1)
  if (turn === undefined) return copy
  const knows = copy.history.at(-1)
  if (knows?.id === turn.id && knows.end === 'ended') return copy
  const lag = (ms: number, at: number) => conditions.horizon(image.pool, fromSite, toSite, ms, at)

  if (turn.until !== null && lag(demotionMs(conditions, image), t) >= turn.until) {
    const arrivedAt = workAfter(
      conditions.flowGaps(image.pool, fromSite, toSite),
      turn.until,
      demotionMs(conditions, image),
    )
    return {
      ...copy,
      history: following(source.history, true),
      held: source.held,
      taken: source.taken,
      tag: { id: copy.tag.id + (knows?.id === turn.id ? 1 : 2), owner: '<orphan>', before: 'peer' },
      position: tailOf(source.tag.id, 0),
      changedAt: Math.min(t, arrivedAt),
    }
  }

  const replayed = Math.min(lag(conditions.timings.replayMs, t), turn.until ?? t)
  if (replayed < turn.from) return copy
  const committed = lag(conditions.timings.journalCommitMs, commitTick(conditions, image, t))
  const reached = Math.min(committed, turn.until ?? t)
  const first = knows?.id !== turn.id
  return {
    ...copy,
    history: following(source.history, false),
    held: contentAt(conditions, fromSite, source, replayed),
    taken: takenBy(source, replayed),
    tag: first ? { id: copy.tag.id + 1, owner: 'peer' } : copy.tag,
    position:
      committed < turn.from
        ? copy.position
        : tailOf(turnTag(source, turn), writtenAt(conditions, fromSite, source.runs, reached).writes),
    changedAt: first ? Math.max(turn.from, copy.changedAt) : copy.changedAt,
  }
}

/** The source's content at an earlier time of its newest turn, also when that turn has ended since. */
export function contentAt(conditions: Conditions, site: SiteName, source: Copy, t: number): readonly Held[] {
  const turn = source.history.at(-1)
  if (turn === undefined || turn.until === null) return heldAt(conditions, site, source, t)
  const { writes, lastAt } = writtenAt(conditions, site, source.runs, Math.min(t, turn.until))
  return [...source.held.filter((h) => h.turn !== turn.id), { turn: turn.id, writes, lastAt }]
}
