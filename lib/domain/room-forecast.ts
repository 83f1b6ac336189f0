import type { SiteName } from './words'

/** Free room of a pool at one moment, as its cluster said. Bytes, epoch milliseconds. */
export interface RoomReading {
  readonly at: number
  readonly availableBytes: number
  /** At most what the journals of its images keep; null where not read. */
  readonly journalBytes: number | null
}

/**
 * How long the room lasts. A primary keeps its journal until every copy has replayed it, and the data of mirror snapshots
 * that no copy has: both grow while replication stands. filling: an estimate, by the rate so far. unknown: with why.
 */
export type RoomForecast = {
  readonly site: SiteName
  readonly pool: string
  readonly availableBytes: number | null
  readonly journalBytes: number | null
} & (
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'steady'; readonly overMs: number }
  | {
      readonly kind: 'filling'
      readonly bytesPerSec: number
      /** Of that the journals, where they were read at both ends. */
      readonly journalBytesPerSec: number | null
      readonly fullAt: number
      readonly overMs: number
    }
)

/** The cluster is asked once a minute: from less than three of its answers no rate is made. */
const LEAST_MS = 120_000
/** An hour is long enough for a rate, and what was written before says little of what is written now. */
const WINDOW_MS = 3600_000
const OLD_MS = 300_000

/** The rate by which the free room has shrunk, over an hour at most, carried on. `readings` oldest first. */
export function roomForecast(
  place: { readonly site: SiteName; readonly pool: string },
  readings: readonly RoomReading[],
  nowMs: number,
): RoomForecast {
  const newest = readings.at(-1)
  const base = {
    ...place,
    availableBytes: newest?.availableBytes ?? null,
    journalBytes: newest?.journalBytes ?? null,
  }
  const unknown = (reason: string): RoomForecast => ({ ...base, kind: 'unknown', reason })
  if (newest === undefined) return unknown('the room of this pool has not been read since it began')
  if (nowMs - newest.at > OLD_MS) return unknown('the room of this pool has not been read for five minutes')
  const first = readings.find(({ at }) => newest.at - at <= WINDOW_MS) ?? newest
  const overMs = newest.at - first.at
  if (overMs < LEAST_MS) return unknown('its room is being measured: that takes three minutes')
  const lost = first.availableBytes - newest.availableBytes
  if (lost <= 0) return { ...base, kind: 'steady', overMs }
  const bytesPerSec = (lost / overMs) * 1000
  const journals = growth(first.journalBytes, newest.journalBytes)
  return {
    ...base,
    kind: 'filling',
    bytesPerSec,
    journalBytesPerSec: journals === null ? null : (journals / overMs) * 1000,
    fullAt: newest.at + (newest.availableBytes / bytesPerSec) * 1000,
    overMs,
  }
}

const growth = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Math.max(0, to - from)

/** An alarm carries a rate no further than so many times the time that it was measured over: free room moves in steps. */
const CARRIED = 10

/** Would it be full before `byAt`? Only an estimate can say so, and one of four minutes says nothing of an hour ahead. */
export const fullBefore = (forecast: RoomForecast, byAt: number, nowMs: number): boolean =>
  forecast.kind === 'filling' && forecast.fullAt <= Math.min(byAt, nowMs + CARRIED * forecast.overMs)
