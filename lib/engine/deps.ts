import type { SiteName } from '@/lib/domain/words'
import type { ProcessHandle } from '@/lib/ports/channel'
import type { Clock } from '@/lib/ports/clock'
import type { CloudPort } from '@/lib/ports/cloud'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { ProbePort } from '@/lib/ports/probe'
import type { RunJournal, WorkerIdentity } from '@/lib/ports/run-journal'
import type { Limiter } from './limiter'

/** Places where a test may stop the world: before and after every write and every act. */
export type Point =
  | 'claimed'
  | 'before-intent'
  | 'after-intent'
  | 'act-started'
  | 'after-act'
  | 'after-look'
  | 'after-conclude'
  | 'moved'

export interface EngineDeps {
  readonly journal: RunJournal
  readonly clock: Clock
  readonly worker: WorkerIdentity
  mirror(site: SiteName): MirrorPort
  /** Null, or not there, where no cloud is configured. */
  cloud?(site: SiteName): CloudPort | null
  /** What gates are looked at with. */
  readonly probe?: ProbePort
  readonly limiter: Limiter
  /** Is the process of this host gone? */
  isGone(process: ProcessHandle): boolean
  newAttemptId(): string
  readonly leaseMs: number
  /** Past this a change is in doubt; it is never killed. */
  readonly softDeadlineMs: number
  /** Pause between looks while all wait: grows from the first to the second. */
  readonly lookEveryMs: readonly [number, number]
  /** Pause before the next try after a refusal: doubles from the first to the second. */
  readonly retryMs: readonly [number, number]
  log(level: 'info' | 'warn' | 'error', text: string): void
  point?(name: Point, detail: string): Promise<void>
}
