import type { Plan } from '@/lib/domain/plan'
import { isActive, isEnded, needsDecision, type Wish } from '@/lib/domain/run-states'
import type { Lease, MemberChange, MemberRecord } from '@/lib/ports/run-journal'
import { attempt } from './attempt'
import type { EngineDeps } from './deps'
import { resolveDoubts } from './doubt'
import { look } from './look'
import { currentStep, ending, nextStep, promotableAhead, stepProgress, toHold } from './progress'
import { steps } from './registry'
import { type RunScope, runScope } from './scope'
import { type Look, waiting } from './step'
import { stopping } from './stopping'
import { heldUpBy, turns } from './turns'
import { toUndo, undoStep } from './undo'

/**
 * Carries one run on until it ends, the lease is lost or `signal` asks to stop. All it knows is on disk, so it may be
 * stopped at any line. Throws LeaseLost.
 */
export async function driveRun(deps: EngineDeps, lease: Lease, signal: AbortSignal): Promise<void> {
  const first = await deps.journal.run(lease.runId)
  const scope = runScope(deps, lease, first.plan)
  const seen = { steps: '', run: '' }
  const over = new AbortController()
  const renewal = keepLease(scope, over.signal)
  let pauseMs = deps.lookEveryMs[0]
  try {
    while (!signal.aborted) {
      scope.assertLease()
      const moved = await turn(scope, seen)
      if (moved === 'ended') return
      pauseMs = moved === 'moved' ? deps.lookEveryMs[0] : Math.min(pauseMs * 1.5, deps.lookEveryMs[1])
      if (moved === 'still') await deps.clock.sleep(pauseMs, signal)
    }
  } finally {
    over.abort()
    await renewal
  }
}

/** Renews the lease while a turn may take long. A renewal that is refused shows at the next write or act. */
async function keepLease({ deps, lease, renewed }: RunScope, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const until = deps.clock.now() + deps.leaseMs
    const held = await deps.journal.renew(lease, deps.leaseMs).then(
      () => true,
      () => false,
    )
    if (held) renewed(until)
    await deps.clock.sleep(deps.leaseMs / 3, signal)
  }
}

type Turn = 'moved' | 'still' | 'ended'

async function turn(scope: RunScope, seen: { steps: string; run: string }): Promise<Turn> {
  const { deps, lease, plan } = scope
  const run = await deps.journal.run(lease.runId)
  if (isEnded(run.state)) return 'ended'
  const before = await deps.journal.members(lease.runId)
  const inDoubt = await resolveDoubts(scope, before)
  const held = toHold(plan, await deps.journal.members(lease.runId))
  if (held.length > 0) await deps.journal.moveMembers(lease, held)
  const members = await deps.journal.members(lease.runId)
  const undone = await undoPass(scope, members, run.wish === 'stop')
  await showSteps(scope, members, seen)
  if (run.wish === 'pause') return settle(scope, seen, 'paused', 'paused by the operator; nothing is started')
  if (run.wish === 'stop') return stop(scope, members, seen, inDoubt)
  const at = currentStep(members)
  if (at === null) {
    const undecided = members.filter(({ state }) => needsDecision(state))
    if (undecided.length > 0) {
      const failed = undecided.find(({ state }) => state === 'failed') ?? undecided[0]
      const reason = `${undecided.length} need a decision: retry or set aside. First: ${failed?.reason ?? ''}`
      return undone ? 'moved' : settle(scope, seen, 'waiting', reason)
    }
    const end = ending(plan, members)
    await deps.journal.setRun(lease, end.state, end.reason)
    await deps.journal.log(lease, 'info', end.reason)
    return 'ended'
  }
  const ahead = promotableAhead(plan, at, members)
  const early = ahead[0] === undefined ? 'still' : await workStep(scope, ahead, ahead[0].stepIdx, seen)
  const here = await workStep(scope, members, at, seen)
  return early === 'moved' ? early : here
}

async function workStep(
  scope: RunScope,
  members: readonly MemberRecord[],
  at: number,
  seen: { steps: string; run: string },
): Promise<Turn> {
  const { deps, lease, plan } = scope
  const step = plan.steps[at]
  const mine = members.filter(({ state, stepIdx }) => stepIdx === at && isActive(state))
  if (step === undefined) {
    await deps.journal.moveMembers(
      lease,
      mine.map(({ idx }) => ({ idx, state: 'done', reason: '' })),
    )
    return 'moved'
  }
  const before = turns(plan, at, members, new Set())
  const free = mine.filter(
    (record) =>
      (record.state === 'pending' || record.state === 'waiting') &&
      (!isInTurn(plan, at, record) || before(record) === null),
  )
  const looks = await look(step.name, free, scope.context)
  await deps.point?.('after-look', step.name)
  const through = new Set(free.filter((_, index) => looks[index]?.kind === 'done').map(({ idx }) => idx))
  const inFront = turns(plan, at, members, through)
  const said = free.map((record, index): Look | undefined => {
    const held = looks[index]?.kind === 'ready' ? heldUpBy(inFront(record)) : null
    return held === null ? looks[index] : waiting(held)
  })
  const changes = free.flatMap((record, index): readonly MemberChange[] => {
    const one = said[index]
    if (one?.kind === 'done') return [advance(scope, record, at, one.memo)]
    if (one?.kind === 'blocked') return [{ idx: record.idx, state: 'failed', reason: one.reason }]
    if (
      one?.kind !== 'waiting' ||
      (record.state === 'waiting' && record.reason === one.reason && one.memo === undefined)
    )
      return []
    const memo = one.memo === undefined ? {} : { memo: { ...record.memo, ...one.memo } }
    return [{ idx: record.idx, state: 'waiting', reason: one.reason, ...memo }]
  })
  if (changes.length > 0) {
    await deps.journal.moveMembers(lease, changes)
    await deps.point?.('moved', step.name)
  }
  const advanced = changes.filter(({ state }) => state !== 'waiting').length
  const ready = free.filter(
    (record, index) => looks[index]?.kind === 'ready' && inFront(record) === null && scope.mayActOn(record.idx),
  )
  if (ready.length > 0) {
    await settle(scope, seen, 'running', step.title)
    await side(
      scope,
      ready.map((record) => ({ record, step: step.name, stepIdx: at, undo: false })),
    )
    return 'moved'
  }
  if (advanced > 0) return 'moved'
  const waits = said.find((one) => one?.kind === 'waiting')
  const held = mine.map((record) => heldUpBy(inFront(record))).find((text) => text !== null)
  return settle(scope, seen, 'waiting', waits?.kind === 'waiting' ? waits.reason : (held ?? mine[0]?.reason ?? ''))
}

const isInTurn = (plan: Plan, at: number, { member }: MemberRecord): boolean => {
  const name = plan.steps[at]?.name
  return name !== undefined && steps[name].find((one) => one.applies(member, plan))?.inTurn === true
}

function advance(scope: RunScope, record: MemberRecord, at: number, memo?: MemberRecord['memo']): MemberChange {
  const stepIdx = nextStep(scope.plan, at + 1, record)
  const state = stepIdx >= scope.plan.steps.length ? 'done' : 'pending'
  return {
    idx: record.idx,
    state,
    stepIdx,
    reason: '',
    ...(memo === undefined ? {} : { memo: { ...record.memo, ...memo } }),
  }
}

function siteOf({ step, undo, record }: Parameters<typeof attempt>[0], plan: Plan): string {
  if (undo) return 'cloud' in record.member ? record.member.cloud : plan.from
  const [first] = steps[step].find((one) => one.applies(record.member, plan))?.preview(record.member, plan) ?? []
  return first?.site ?? plan.from
}

/** Side by side, as many as the clusters may take. */
async function side(scope: RunScope, acts: readonly Parameters<typeof attempt>[0][]): Promise<void> {
  const { deps, plan } = scope
  let wish: Wish = 'go'
  // All are seen to their end, even where one finds the lease lost: the run is let go only when nothing of it is in hand.
  const ends = await Promise.allSettled(
    acts.map((act) =>
      attempt(act, scope, (work) =>
        deps.limiter.within(siteOf(act, plan), async () => {
          // A pause or stop counts for the very next act, not only for the next step.
          if (wish === 'go' && !act.undo) wish = await deps.journal.wish(scope.lease.runId)
          return wish === 'go' ? work() : null
        }),
      ),
    ),
  )
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** What a failure left demoted is promoted back, where that is safe; a stop takes back the rest too. */
async function undoPass(scope: RunScope, members: readonly MemberRecord[], everyone: boolean): Promise<boolean> {
  const due = toUndo(members, everyone).filter(
    (record) => (everyone || record.state === 'set-aside' || needsDecision(record.state)) && scope.mayActOn(record.idx),
  )
  if (due.length === 0) return false
  await side(
    scope,
    due.map((record) => ({ record, ...undoStep(scope.plan, record), undo: true })),
  )
  return true
}

async function stop(
  scope: RunScope,
  members: readonly MemberRecord[],
  seen: { steps: string; run: string },
  inDoubt: number,
): Promise<Turn> {
  const outcome = await stopping(scope, members, inDoubt)
  if ('waits' in outcome) return settle(scope, seen, 'waiting', outcome.waits)
  await scope.deps.journal.setRun(scope.lease, 'cancelled', outcome.ended)
  await scope.deps.journal.log(scope.lease, outcome.stranded === 0 ? 'info' : 'error', outcome.ended)
  return 'ended'
}

async function settle(
  scope: RunScope,
  seen: { run: string },
  state: 'running' | 'waiting' | 'paused',
  reason: string,
): Promise<Turn> {
  const text = `${state} ${reason}`
  if (seen.run !== text) await scope.deps.journal.setRun(scope.lease, state, reason)
  seen.run = text
  return 'still'
}

async function showSteps(scope: RunScope, members: readonly MemberRecord[], seen: { steps: string }): Promise<void> {
  const progress = stepProgress(scope.plan, members)
  const old = seen.steps === '' ? [] : (JSON.parse(seen.steps) as { state: string; reason: string }[])
  for (const [index, now] of progress.entries()) {
    if (old[index]?.state === now.state && old[index]?.reason === now.reason) continue
    await scope.deps.journal.setStep(scope.lease, index, now.state, now.reason)
  }
  seen.steps = JSON.stringify(progress)
}
