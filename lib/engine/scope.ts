import type { Plan, StepName } from '@/lib/domain/plan'
import { type Lease, LeaseLost, type MemberRecord } from '@/lib/ports/run-journal'
import type { EngineDeps } from './deps'
import { look, lookUndo } from './look'
import { lookLane } from './look-lane'
import { contextOf, type Look, type StepContext } from './step'

/** One run in the hands of this worker. */
export interface RunScope {
  readonly deps: EngineDeps
  readonly lease: Lease
  readonly plan: Plan
  readonly context: StepContext
  /** Throws LeaseLost where the lease may have run out: checked right before every act. */
  assertLease(): void
  renewed(until: number): void
  /** Not again before a while, longer with each try. */
  backOff(memberIdx: number, tries: number): void
  mayActOn(memberIdx: number): boolean
  /** For how long it has been so, in milliseconds, as far as this worker saw it; 0 where it is not. */
  heldUpFor(now: boolean): number
  /** One member, right before or after its act. `undo`: at what would take an earlier act back. */
  lookAtOne(what: StepName | 'undo', record: MemberRecord): Promise<Look | undefined>
}

export function runScope(deps: EngineDeps, lease: Lease, plan: Plan): RunScope {
  let goodUntil = deps.clock.now() + deps.leaseMs
  const notBefore = new Map<number, number>()
  let heldUpSince: number | null = null
  const context = contextOf(plan, deps)
  const lanes = new Map<StepName | 'undo', ReturnType<typeof lookLane>>()
  return {
    deps,
    lease,
    plan,
    context,
    lookAtOne(what, record) {
      const lane =
        lanes.get(what) ??
        lookLane((records) => (what === 'undo' ? lookUndo(records, context) : look(what, records, context)))
      lanes.set(what, lane)
      return lane(record)
    },
    assertLease() {
      // A second to spare: a worker that was stopped for long must not wake up and act.
      if (deps.clock.now() > goodUntil - Math.min(1_000, deps.leaseMs / 4)) throw new LeaseLost(lease.runId)
    },
    renewed(until) {
      goodUntil = until
    },
    backOff(memberIdx, tries) {
      notBefore.set(memberIdx, deps.clock.now() + Math.min(deps.retryMs[1], deps.retryMs[0] * 2 ** Math.min(tries, 10)))
    },
    heldUpFor(so) {
      heldUpSince = so ? (heldUpSince ?? deps.clock.now()) : null
      return heldUpSince === null ? 0 : deps.clock.now() - heldUpSince
    },
    mayActOn: (memberIdx) => (notBefore.get(memberIdx) ?? 0) <= deps.clock.now(),
  }
}
