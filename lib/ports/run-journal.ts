import type { Ledger, Plan, PlanMember, StepName } from '@/lib/domain/plan'
import type { AttemptState, MemberState, RunState, StepState, Wish } from '@/lib/domain/run-states'
import type { SiteName } from '@/lib/domain/words'
import type { ProcessHandle } from './channel'

/** Small facts that later looks need of earlier ones: a snapshot id, a time. */
export type Memo = Readonly<Record<string, string | number | boolean | null>>

export interface RunRecord {
  readonly id: string
  readonly state: RunState
  readonly wish: Wish
  readonly plan: Plan
  readonly ledger: Ledger
}

export interface MemberRecord {
  readonly idx: number
  readonly member: PlanMember
  readonly family: string
  readonly state: MemberState
  readonly reason: string
  readonly stepIdx: number
  readonly memo: Memo
}

export interface AttemptRecord {
  readonly id: string
  readonly stepIdx: number
  readonly memberIdx: number
  readonly number: number
  readonly state: AttemptState
  readonly argv: readonly string[]
  readonly site: SiteName
  readonly undo: boolean
  readonly process: ProcessHandle | null
  readonly intentAt: number
}

/** A worker's right to a run. Every write names its fence; a stale one is refused with LeaseLost. */
export interface Lease {
  readonly runId: string
  readonly fence: number
}

export class LeaseLost extends Error {
  constructor(readonly runId: string) {
    super(`run ${runId} is held by another worker`)
    this.name = 'LeaseLost'
  }
}

export interface WorkerIdentity {
  readonly owner: string
  readonly host: string
  readonly process: ProcessHandle
}

export interface MemberChange {
  readonly idx: number
  readonly state?: MemberState
  readonly reason?: string
  readonly stepIdx?: number
  readonly memo?: Memo
}

export interface AttemptOutcome {
  readonly state: AttemptState
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
  readonly proof: string
}

export interface Intent {
  readonly attemptId: string
  readonly stepIdx: number
  readonly memberIdx: number
  readonly argv: readonly string[]
  readonly site: SiteName
  readonly undo: boolean
  readonly memo: Memo | null
}

/** What the engine needs on disk. Each call is one transaction and durable before it resolves. */
export interface RunJournal {
  /** Claims runs that nobody holds (or whose holder is gone), newest fence; null where there is none. */
  claim(worker: WorkerIdentity, leaseMs: number, isGone: (process: ProcessHandle) => boolean): Promise<Lease | null>
  renew(lease: Lease, leaseMs: number): Promise<void>
  release(lease: Lease): Promise<void>
  run(runId: string): Promise<RunRecord>
  /** What the operator wants of it, without the plan: asked before every act. */
  wish(runId: string): Promise<Wish>
  members(runId: string): Promise<readonly MemberRecord[]>
  openAttempts(runId: string): Promise<readonly AttemptRecord[]>
  attemptsOf(runId: string, stepIdx: number, memberIdx: number): Promise<number>
  /** The intent: written before the act. False where the member is no longer the engine's to act on. */
  intend(lease: Lease, intent: Intent): Promise<boolean>
  started(lease: Lease, attemptId: string, process: ProcessHandle): Promise<void>
  conclude(lease: Lease, attemptId: string, outcome: AttemptOutcome, change: MemberChange | null): Promise<void>
  /** Changes of members that are not done by an attempt. Members that somebody set aside meanwhile are left alone. */
  moveMembers(lease: Lease, changes: readonly MemberChange[]): Promise<void>
  setRun(lease: Lease, state: RunState, reason: string): Promise<void>
  setStep(lease: Lease, idx: number, state: StepState, reason: string): Promise<void>
  log(
    lease: Lease,
    level: 'info' | 'warn' | 'error',
    text: string,
    at?: { step?: StepName; memberIdx?: number },
  ): Promise<void>
}
