import { newestSnapshot, ORPHAN } from '@/lib/domain/lineage'
import type { ImageMember, Plan, PlanMember, StepName } from '@/lib/domain/plan'
import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { MemberRecord, Memo } from '@/lib/ports/run-journal'
import { lookAtBoth } from './look-at'
import { blocked, done, type Look, ready, type StepContext, type Subject, waiting } from './step'
import { lookAtStartAgain } from './steps/cloud/start-again'
import { lookAtThawAgain, whyNotBack } from './steps/cloud/thaw-again'

/** How an act of a step is taken back, for members of one kind. */
interface Undo {
  readonly kind: PlanMember['kind']
  /** The step whose act is taken back … */
  readonly did: StepName
  /** … unless this one's was done since. */
  readonly past: StepName
  /** A failure alone brings it about; else only a stop: servers that are stopped again and again help nobody. */
  readonly onFailure: boolean
  look(records: readonly MemberRecord[], context: StepContext): Promise<readonly Look[]>
}

/** What was done last is taken back first: no server is started before its images are primary again. */
const UNDOS: readonly Undo[] = [
  { kind: 'image', did: 'demote', past: 'promote', onFailure: true, look: lookAtPromotionBack },
  { kind: 'server', did: 'stop-servers', past: 'start-servers', onFailure: false, look: lookAtStartAgain },
  { kind: 'backend', did: 'freeze', past: 'fail-over-backend', onFailure: false, look: lookAtThawAgain },
]

const undoFor = ({ kind }: PlanMember): Undo | undefined => UNDOS.find((undo) => undo.kind === kind)

/** What the engine remembers of a member whose act was taken back. */
export const undoneMemo = (member: PlanMember): Memo => {
  const undo = undoFor(member)
  return undo === undefined ? {} : { [`did:${undo.did}`]: false }
}

/** The step that an act which takes something back stands with. A run that only demotes has no promotion of its own. */
export function undoStep(plan: Plan, { member }: MemberRecord): { readonly step: StepName; readonly stepIdx: number } {
  const place = (step: StepName) => plan.steps.findIndex(({ name }) => name === step)
  const undo = undoFor(member)
  const step = undo === undefined || place(undo.past) < 0 ? (undo?.did ?? 'demote') : undo.past
  return { step, stepIdx: place(step) }
}

/** Was it done by this run, and nothing after it since? Only such a one is taken back. */
export const needsUndo = ({ member, memo, state }: MemberRecord): boolean => {
  const undo = undoFor(member)
  return (
    undo !== undefined &&
    memo[`did:${undo.did}`] === true &&
    memo[`did:${undo.past}`] !== true &&
    memo.undoBlocked !== true &&
    state !== 'undone' &&
    state !== 'acting' &&
    state !== 'in-doubt'
  )
}

/** Was Cinder told to fail over, or may it have been? From then on it promotes by itself, and nothing is promoted back beside it. */
export const isWithCinder = (members: readonly MemberRecord[]): boolean =>
  members.some(
    ({ member, memo, state }) =>
      member.kind === 'backend' &&
      (memo['did:fail-over-backend'] === true || state === 'acting' || state === 'in-doubt'),
  )

/** What is to be taken back now, one kind after the other. `stopping`: all that the run did, not only what a failure leaves. */
export function toUndo(members: readonly MemberRecord[], stopping: boolean): readonly MemberRecord[] {
  if (isWithCinder(members)) return []
  const due = members.filter(needsUndo)
  const first = UNDOS.find(
    ({ kind, onFailure }) => (stopping || onFailure) && due.some(({ member }) => member.kind === kind),
  )
  return due.filter(({ member }) => member.kind === first?.kind)
}

/** What it takes to take back what was done to these, of one kind. */
export async function lookAtUndo(records: readonly MemberRecord[], context: StepContext): Promise<readonly Look[]> {
  const looks = new Map<number, Look>()
  for (const { kind, look } of UNDOS) {
    const mine = records.filter(({ member }) => member.kind === kind)
    if (mine.length === 0) continue
    const seen = await look(mine, context)
    for (const [index, { idx }] of mine.entries()) looks.set(idx, seen[index] ?? waiting('not read'))
  }
  return records.map(({ idx }) => looks.get(idx) ?? blocked('nothing of it can be taken back'))
}

/**
 * Promoting back is safe while the target is known not to be primary and the newest thing at the old primary is its own
 * demotion: then nothing was written anywhere since, and no force is needed.
 */
async function lookAtPromotionBack(records: readonly MemberRecord[], context: StepContext): Promise<readonly Look[]> {
  const { plan } = context
  // Somebody else may have told it, or its answer to us was lost: then it promotes, and nothing is promoted beside it.
  const told = await whyNotBack(context)
  if (told !== null) return records.map(() => told)
  return lookAtBoth(records as readonly (MemberRecord & Subject<ImageMember>)[], context, ({ member }, from, to) => {
    if (to.role === 'primary') return blocked(`primary at ${plan.to}: it is not promoted back at ${plan.from}`)
    if (from.role === 'primary') return done(`primary at ${plan.from} again`)
    const ownDemotion =
      from.mode === 'snapshot'
        ? newestSnapshot(from)?.role === 'primary-demoted'
        : from.journal !== null && from.journal.newestTag?.mirrorUuid === ORPHAN
    if (from.mode === 'journal' && from.journal === null)
      return waiting(`the journal at ${plan.from} could not be read`)
    if (!ownDemotion)
      return blocked(`its newest state at ${plan.from} is not its own demotion; look at both copies by hand`)
    return ready(plan.from, mirrorArgv.promote(specText(member.image)))
  })
}
