import type { CloudCondition } from './cloud-state'
import { errorText, isNoAnswer } from './site-health'

export type CloudLane = 'quick' | 'many'

/** A request that has waited so long is one that may never end. Milliseconds. */
const LONG_WAIT_MS = 15_000
/** Services are asked every 15 s: twice that without any answer, and the last question got none. */
const SILENT_AFTER_MS = 30_000

/** Does the cloud answer? A refusal is an answer, one without a token too. Pure: the caller gives the time. */
export class CloudHealth {
  private lastOkAt: number | null = null
  private readonly pendingSince: Record<CloudLane, number | null> = { quick: null, many: null }
  private noAnswer = false
  private lastError = ''

  constructor(private readonly startedAt: number) {}

  begins(lane: CloudLane, nowMs: number): void {
    this.pendingSince[lane] = nowMs
  }

  answered(lane: CloudLane, nowMs: number): void {
    this.pendingSince[lane] = null
    this.lastOkAt = nowMs
    this.noAnswer = false
    this.lastError = ''
  }

  failed(lane: CloudLane, error: unknown): void {
    this.pendingSince[lane] = null
    this.noAnswer = isNoAnswer(error)
    this.lastError = errorText(error)
  }

  answeredAt(): number | null {
    return this.lastOkAt
  }

  /** What failed last, '' where the last answer was one. */
  error(): string {
    return this.lastError
  }

  /** `complete`: no kind of thing failed when it was last read. */
  condition(nowMs: number, complete: 'complete' | 'in part'): CloudCondition {
    const isDown =
      this.noAnswer || Object.values(this.pendingSince).some((at) => at !== null && nowMs - at >= LONG_WAIT_MS)
    if (isDown && nowMs - (this.lastOkAt ?? this.startedAt) >= SILENT_AFTER_MS) return 'silent'
    if (this.noAnswer || complete === 'in part') return 'failing'
    return this.lastOkAt === null ? 'new' : 'ok'
  }
}
