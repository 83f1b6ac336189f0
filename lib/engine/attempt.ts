import type { StepName } from '@/lib/domain/plan'
import type { CommandResult, ProcessHandle } from '@/lib/ports/channel'
import { isCloudArgv } from '@/lib/ports/cloud'
import { isControllerArgv } from '@/lib/ports/controller'
import { AdapterError } from '@/lib/ports/errors'
import type { AttemptOutcome, MemberChange, MemberRecord, Memo } from '@/lib/ports/run-journal'
import { actorOf } from './actor'
import { failureText } from './failure-text'
import { overdueOf } from './registry'
import type { RunScope } from './scope'
import type { Look } from './step'
import { undoneMemo } from './undo'

/** After so many tries that Ceph refused for another reason than "not yet", the member fails. */
const MAX_REFUSALS = 3
/** Ceph's "busy": the demotion has not arrived, or somebody holds a lock. Time heals it. */
const EBUSY = 16
/** Seen now and then on a promote right after the demotion arrived: the copy's own rbd-mirror still has hold of it. */
const EROFS = 30
/** Of the program that sets Cinder's records: it says why not. */
const NOTHING_CHANGED = 1
/** HTTP's "not now": in another state just now, or the service is not there for a moment. */
const CLOUD_BUSY: ReadonlySet<number> = new Set([409, 502, 503, 504])

/** Ready to act: what, where, and whether it takes an earlier act back. */
export interface ReadyAct {
  readonly record: MemberRecord
  readonly step: StepName
  readonly stepIdx: number
  readonly undo: boolean
}

const lookAgain = (act: ReadyAct, record: MemberRecord, scope: RunScope): Promise<Look | undefined> =>
  scope.lookAtOne(act.undo ? 'undo' : act.step, record)

/** One of the places that a cluster has for changes; null where the work was called off before its turn came. */
export type Place = <T>(work: () => Promise<T>) => Promise<T | null>

/**
 * Look, write the intent, act, look. The intent is on disk before anything is started; the second look decides, and needs
 * no place at the cluster. Throws LeaseLost where another worker took over: then nothing more may be done.
 */
export async function attempt(act: ReadyAct, scope: RunScope, inPlace: Place): Promise<void> {
  const begun = await inPlace(() => begin(act, scope))
  if (begun !== null) await conclude(act, begun, scope)
}

interface Begun {
  readonly attemptId: string
  readonly ready: Extract<Look, { kind: 'ready' }>
  readonly said: Said
}

async function begin(act: ReadyAct, scope: RunScope): Promise<Begun | null> {
  const { deps, lease } = scope
  const { record } = act
  const ready = await lookAgain(act, record, scope)
  if (ready?.kind !== 'ready') return null
  const attemptId = deps.newAttemptId()
  await deps.point?.('before-intent', act.step)
  scope.assertLease()
  const intent = {
    attemptId,
    stepIdx: act.stepIdx,
    memberIdx: record.idx,
    argv: ready.argv,
    site: ready.site,
    undo: act.undo,
    memo: ready.memo ?? null,
  }
  if (!(await deps.journal.intend(lease, intent))) return null
  await deps.point?.('after-intent', act.step)
  const said = await run(attemptId, ready, act, scope)
  await deps.point?.('after-act', act.step)
  return { attemptId, ready, said }
}

async function conclude(act: ReadyAct, { attemptId, ready, said }: Begun, scope: RunScope): Promise<void> {
  const { deps, lease } = scope
  const { record } = act
  if (said.kind === 'ran' && said.result.overdue) {
    const hint = overdueOf(act.step)?.hint(scope.plan)
    const reason = [`${ready.argv.join(' ')} has not ended; nothing else is done to it while it may live`, hint]
      .filter(Boolean)
      .join('. ')
    await deps.journal.conclude(lease, attemptId, outcome('in-doubt', said, reason), {
      idx: record.idx,
      state: 'in-doubt',
      reason,
    })
    return
  }
  const memo = ready.memo ?? record.memo
  const acted: MemberRecord = { ...record, memo: isRefused(ready.argv, said) ? { ...memo, toldAt: null } : memo }
  const after = await lookAgain(act, acted, scope)
  await deps.point?.('after-look', act.step)
  const { state, change, proof } = await judge(after, ready, said, act, acted, scope)
  await deps.journal.conclude(lease, attemptId, outcome(state, said, proof), change)
  if (state !== 'done') await deps.journal.log(lease, 'warn', proof, { step: act.step, memberIdx: record.idx })
  await deps.point?.('after-conclude', act.step)
}

/** The service read the request and said no: it did nothing, and nothing of it can come later. */
const isRefused = (argv: readonly string[], said: Said): boolean =>
  isCloudArgv(argv) &&
  said.kind === 'ran' &&
  said.result.exit !== null &&
  said.result.exit >= 400 &&
  said.result.exit < 500

type Said =
  | { readonly kind: 'ran'; readonly result: CommandResult }
  | { readonly kind: 'not-run'; readonly reason: string }

async function run(attemptId: string, ready: Begun['ready'], act: ReadyAct, scope: RunScope): Promise<Said> {
  const { deps, lease } = scope
  const { site, argv, secretFrom } = ready
  let noted: Promise<void> = Promise.resolve()
  const onStarted = (process: ProcessHandle) => {
    noted = deps.journal.started(lease, attemptId, process).then(() => deps.point?.('act-started', act.step))
    // It is waited for below; until then a refusal must not end the whole worker as a rejection that nobody heard.
    noted.catch(() => {})
  }
  try {
    // A request has no process that could be looked for: what is not noted here was never sent, what is may have been.
    if (isCloudArgv(argv)) await deps.journal.started(lease, attemptId, deps.worker.process)
    // Read right before the act, into this process alone: it is in no intent, and gone with a crash.
    const stdin = secretFrom && (await deps.mirror(secretFrom.site).secret(secretFrom.argv))
    scope.assertLease()
    const softDeadlineMs = Math.min(deps.softDeadlineMs, overdueOf(act.step)?.afterMs ?? Number.POSITIVE_INFINITY)
    const result = await actorOf(deps, site, argv).act(argv, {
      attemptId,
      softDeadlineMs,
      onStarted,
      ...(stdin && { stdin }),
    })
    await noted
    return { kind: 'ran', result }
  } catch (error) {
    await noted
    if (!(error instanceof AdapterError)) throw error
    return { kind: 'not-run', reason: error.message }
  }
}

const outcome = (state: AttemptOutcome['state'], said: Said, proof: string): AttemptOutcome => ({
  state,
  proof,
  exit: said.kind === 'ran' ? said.result.exit : null,
  stdout: said.kind === 'ran' ? said.result.stdout.slice(0, 8_000) : '',
  stderr: said.kind === 'ran' ? said.result.stderr.slice(0, 8_000) : said.reason,
})

interface Judged {
  readonly state: AttemptOutcome['state']
  readonly change: MemberChange
  readonly proof: string
}

async function judge(
  after: Look | undefined,
  before: Extract<Look, { kind: 'ready' }>,
  said: Said,
  act: ReadyAct,
  record: MemberRecord,
  scope: RunScope,
): Promise<Judged> {
  const { idx } = record
  const did: Memo = act.undo ? undoneMemo(record.member) : { [`did:${act.step}`]: true }
  if (after === undefined || after.kind === 'waiting') {
    const reason = after?.reason ?? 'not read'
    const went = said.kind === 'ran' && said.result.exit === 0
    const memo = { ...record.memo, ...(after?.memo ?? {}), ...(went ? did : {}) }
    // A site that stopped answering between act and look: the outcome is not seen, so it stays in doubt.
    return went
      ? {
          state: 'done',
          proof: `accepted; ${reason}`,
          change: { idx, state: act.undo ? 'failed' : 'waiting', reason, memo },
        }
      : { state: 'in-doubt', proof: reason, change: { idx, state: 'in-doubt', reason } }
  }
  if (after.kind === 'done') {
    const memo = { ...record.memo, ...(after.memo ?? {}), ...did }
    return {
      state: 'done',
      proof: after.proof,
      change: act.undo ? undone(record, after.proof, memo) : { idx, state: 'pending', reason: '', memo },
    }
  }
  if (after.kind === 'blocked')
    return { state: 'failed', proof: after.reason, change: failed(record, act, after.reason) }
  const sameAgain = after.site === before.site && after.argv.join('\0') === before.argv.join('\0')
  const went = said.kind === 'ran' && said.result.exit === 0
  if (went && !sameAgain)
    return { state: 'done', proof: 'accepted; more is to do', change: { idx, state: 'pending', reason: '' } }
  const held = said.kind === 'ran' && said.result.exit === EROFS ? overdueOf(act.step)?.hint(scope.plan) : undefined
  const reason = went
    ? 'the command said yes, but the look says it is not done'
    : [failureText(said), held].filter(Boolean).join('. ')
  const busy = said.kind === 'ran' && isBusy(before.argv, act.step, said.result.exit)
  const tries = await scope.deps.journal.attemptsOf(scope.lease.runId, act.stepIdx, idx)
  scope.backOff(idx, tries)
  const state = went ? 'failed' : 'refused'
  if (busy || tries % MAX_REFUSALS !== 0) {
    const change = { idx, state: act.undo ? ('failed' as const) : ('waiting' as const), reason, memo: record.memo }
    return { state, proof: reason, change }
  }
  return { state, proof: reason, change: failed(record, act, reason) }
}

/** Refused by what passes: a demotion that is on its way, rbd-mirror's hold of the image, a cinder-volume that is stopped yet. */
function isBusy(argv: readonly string[], step: StepName, exit: number | null): boolean {
  if (isCloudArgv(argv)) return CLOUD_BUSY.has(exit ?? 0)
  if (isControllerArgv(argv)) return exit === NOTHING_CHANGED
  return exit === EBUSY || (exit === EROFS && (step === 'promote' || step === 'mark-point'))
}

const undone = (record: MemberRecord, proof: string, memo: Memo): MemberChange => ({
  idx: record.idx,
  // What was set aside on purpose stays so; its demotion is taken back all the same.
  state: memo.aside === true ? 'set-aside' : 'undone',
  reason: [record.reason, proof].filter(Boolean).join('; '),
  memo,
})

const failed = (record: MemberRecord, act: ReadyAct, reason: string): MemberChange => ({
  idx: record.idx,
  state: 'failed',
  reason: act.undo ? `not taken back: ${reason}` : reason,
  ...(act.undo ? { memo: { ...record.memo, undoBlocked: true } } : {}),
})
