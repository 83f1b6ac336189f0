import { AdapterError } from '@/lib/ports/errors'
import type { SiteCondition } from './world'

/** fast: the helper's bulk reading. slow: facts by command. probe: one cheap command, where fast keeps us waiting. */
export type LaneName = 'fast' | 'slow' | 'probe'

interface LaneHealth {
  pendingSince: number | null
  lastOkAt: number | null
  /** The last attempt got no answer at all. */
  noAnswer: boolean
  /** What failed last, '' where the last attempt went well. */
  error: string
}

/** A call that has waited so long may be one that never ends. Milliseconds. */
const LONG_WAIT_MS = 2_000
/** Nothing has answered for so long, and the probe waits or fails as well: the site is silent. */
const SILENT_AFTER_MS = 9_000
const PROBE_EVERY_MS = 6_000

/**
 * Does the site answer? One hung call is no proof (only the OSDs may be down, or a pool, or it is a big one): it is
 * called silent where neither the helper nor a cheap command gets an answer. Pure: the caller gives the time.
 */
export class SiteHealth {
  private probedAt = Number.NEGATIVE_INFINITY
  private readonly lanes: Record<LaneName, LaneHealth> = { fast: fresh(), slow: fresh(), probe: fresh() }

  constructor(private readonly startedAt: number) {}

  begins(lane: LaneName, nowMs: number): void {
    this.lanes[lane].pendingSince = nowMs
  }

  answered(lane: LaneName, nowMs: number): void {
    this.lanes[lane] = { pendingSince: null, lastOkAt: nowMs, noAnswer: false, error: '' }
  }

  /** There was an answer that proves nothing: from the helper alone, not from the cluster behind it. */
  answeredByHelper(lane: LaneName): void {
    this.lanes[lane].pendingSince = null
  }

  /** Every single image could not be read: a dead cluster answers so, and so does one whose images are all gone. */
  doubted(lane: LaneName): void {
    this.lanes[lane] = { ...this.lanes[lane], pendingSince: null, noAnswer: true }
  }

  failed(lane: LaneName, error: unknown): void {
    const before = this.lanes[lane]
    this.lanes[lane] = { ...before, pendingSince: null, noAnswer: isNoAnswer(error), error: errorText(error) }
  }

  /** When anything at the site answered last, null where nothing has since the start. */
  lastOkAt(): number | null {
    const times = Object.values(this.lanes).flatMap(({ lastOkAt }) => (lastOkAt === null ? [] : [lastOkAt]))
    return times.length === 0 ? null : Math.max(...times)
  }

  error(): string {
    return this.lanes.fast.error || this.lanes.slow.error
  }

  condition(nowMs: number): SiteCondition {
    const last = this.lastOkAt()
    const quietMs = nowMs - (last ?? this.startedAt)
    const bothDown = this.isDown('fast', nowMs) && this.isDown('probe', nowMs)
    if (bothDown && quietMs >= SILENT_AFTER_MS) return 'silent'
    if (last === null) return this.error() === '' ? 'new' : 'failing'
    return this.error() === '' ? 'ok' : 'failing'
  }

  /**
   * The fast lane waits or fails: is it time to ask something cheap, to tell a dead site from a half dead or a slow one?
   * True no more often than every few seconds; the caller then asks.
   */
  takeProbe(nowMs: number): boolean {
    const wanted = this.isDown('fast', nowMs) && this.lanes.probe.pendingSince === null
    if (!wanted || nowMs - this.probedAt < PROBE_EVERY_MS) return false
    this.probedAt = nowMs
    return true
  }

  private isDown(name: LaneName, nowMs: number): boolean {
    const { pendingSince, noAnswer } = this.lanes[name]
    return noAnswer || (pendingSince !== null && nowMs - pendingSince >= LONG_WAIT_MS)
  }
}

const fresh = (): LaneHealth => ({ pendingSince: null, lastOkAt: null, noAnswer: false, error: '' })

/** Did nothing at the site answer? A refusal is an answer; a tool that is missing is none of the cluster's. */
export const isNoAnswer = (error: unknown): boolean =>
  error instanceof AdapterError && (error.kind === 'unreachable' || error.kind === 'unavailable')

export const errorText = (error: unknown): string =>
  error instanceof AdapterError
    ? `${error.asked}: ${error.message}`
    : error instanceof Error
      ? error.message
      : String(error)
