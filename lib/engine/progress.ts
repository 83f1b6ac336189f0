import { memberName, type Plan, type Procedure } from '@/lib/domain/plan'
import { pastPivot, pivotOf } from '@/lib/domain/procedure-traits'
import { isActive, needsDecision, type RunState, type StepState } from '@/lib/domain/run-states'
import type { MemberChange, MemberRecord } from '@/lib/ports/run-journal'
import { steps } from './registry'

/** Is this step for this member? */
export const appliesTo = (plan: Plan, stepIdx: number, record: MemberRecord): boolean => {
  const step = plan.steps[stepIdx]
  return step !== undefined && steps[step.name].some((one) => one.applies(record.member, plan))
}

/** The first step at or after `from` that is for this member; the number of steps where there is none. */
export function nextStep(plan: Plan, from: number, record: MemberRecord): number {
  for (let index = from; index < plan.steps.length; index++) if (appliesTo(plan, index, record)) return index
  return plan.steps.length
}

/** The step that the run is at: the lowest that an active member is at. Null where nobody is active. */
export function currentStep(members: readonly MemberRecord[]): number | null {
  const active = members.filter(({ state }) => isActive(state))
  return active.length === 0 ? null : Math.min(...active.map(({ stepIdx }) => stepIdx))
}

/** Without its pool, or a peer in it, nothing of a pool can be mirrored. */
const isOfPool = ({ member }: MemberRecord, pool: string): boolean =>
  (member.kind === 'image' ? member.image.pool : 'pool' in member ? member.pool : null) === pool

/** What stands for everybody: what was found of both sites, and the backend without which nothing of it moves. */
const isForAll = ({ member }: MemberRecord): boolean => member.kind === 'sites' || member.kind === 'backend'
const rankOf = (record: MemberRecord): number => (isForAll(record) ? 0 : 1)

/**
 * A failure up to the promotion stops the clone family, or all where the plan is all or nothing: half a family at each
 * side helps nobody. After the promotion each member stands for itself.
 */
export function toHold(plan: Plan, members: readonly MemberRecord[]): readonly MemberChange[] {
  const promoted = plan.steps.findIndex(({ name }) => name === pivotOf(plan))
  // Once the backend has moved each stands for itself.
  if (members.some(({ member, stepIdx }) => member.kind === 'backend' && stepIdx > promoted)) return []
  const failures = members.filter(
    ({ state, stepIdx }) => (state === 'failed' || state === 'undone') && stepIdx <= promoted,
  )
  const [first] = [...failures].sort((a, b) => rankOf(a) - rankOf(b))
  if (first === undefined) return []
  // Without its peers an image that is still mirrored follows nobody: they go once each image of the pool has.
  const left = (pool: string) =>
    plan.procedure === 'take-down'
      ? failures.find(({ member }) => member.kind === 'image' && member.image.pool === pool)
      : undefined
  const families = new Map(failures.map((record) => [record.family, record]))
  return members.flatMap((record) => {
    if (record.state !== 'pending' && record.state !== 'waiting') return []
    if (record.member.kind === 'image' && pastPivot(plan, record.memo)) return []
    // What was found of both sites is true for everybody.
    const cause =
      plan.options.allOrNothing || isForAll(first)
        ? first
        : (families.get(record.family) ??
          (record.member.kind === 'pool' ? left(record.member.pool) : undefined) ??
          failures.find(({ member }) => member.kind === 'pool' && isOfPool(record, member.pool)))
    if (cause === undefined) return []
    return [
      { idx: record.idx, state: 'held' as const, reason: `stopped with ${memberName(cause.member)}: ${cause.reason}` },
    ]
  })
}

/**
 * While some wait for their proof, those that have it need not: a clone family that is proven as a whole is promoted. Where
 * it is all or nothing nobody is promoted before the last is proven.
 */
export function promotableAhead(
  plan: Plan,
  current: number,
  members: readonly MemberRecord[],
): readonly MemberRecord[] {
  if (plan.steps[current]?.name !== 'prove' || plan.options.allOrNothing) return []
  const promote = plan.steps.findIndex(({ name }) => name === 'promote')
  const unproven = new Set(members.filter(({ stepIdx }) => stepIdx < promote).map(({ family }) => family))
  return members.filter((one) => one.stepIdx === promote && isActive(one.state) && !unproven.has(one.family))
}

export interface StepProgress {
  readonly state: StepState
  readonly reason: string
}

/** Where each step stands, made from its members alone. */
export function stepProgress(plan: Plan, members: readonly MemberRecord[]): readonly StepProgress[] {
  const current = currentStep(members)
  return plan.steps.map((_, index): StepProgress => {
    const mine = members.filter((record) => appliesTo(plan, index, record))
    if (mine.length === 0) return { state: 'skipped', reason: 'nothing here needs it' }
    const here = mine.filter(({ stepIdx, state }) => stepIdx === index && (isActive(state) || needsDecision(state)))
    const stuck = here.filter(({ state }) => needsDecision(state))
    const waits = here.filter(({ state }) => state === 'waiting' || state === 'in-doubt')
    const before = mine.filter(({ stepIdx, state }) => stepIdx < index && isActive(state))
    if (here.length === 0 && before.length === 0) {
      const past = mine.some(({ stepIdx }) => stepIdx > index)
      return past ? { state: 'done', reason: '' } : { state: 'pending', reason: '' }
    }
    if (current !== index) {
      if (stuck.length > 0) return { state: 'failed', reason: stuck[0]?.reason ?? '' }
      // Families that are proven go ahead while others still wait for their proof.
      return { state: mine.some(({ stepIdx }) => stepIdx > index) ? 'running' : 'pending', reason: '' }
    }
    if (stuck.length === here.length) return { state: 'blocked', reason: stuck[0]?.reason ?? '' }
    if (waits.length > 0 && waits.length + stuck.length === here.length)
      return { state: 'waiting', reason: waits[0]?.reason ?? '' }
    return { state: 'running', reason: '' }
  })
}

const ENDED: Readonly<Record<Procedure, { readonly done: string; readonly all: string }>> = {
  'planned-failover': { done: 'moved', all: 'each proven' },
  'forced-failover': { done: 'promoted by force', all: 'unprotected until a copy follows them again' },
  reprotect: { done: 'protected again', all: 'what lost is kept' },
  promote: { done: 'promoted', all: 'each proven' },
  demote: { done: 'demoted', all: 'each copy holds everything' },
  snapshot: { done: 'snapshotted', all: 'each snapshot is complete at the copy' },
  flatten: { done: 'flattened', all: 'at both sites' },
  disable: { done: 'mirrored no more', all: 'their copies are deleted' },
  'set-up': { done: 'mirrored', all: 'each with a copy that follows' },
  'take-down': { done: 'mirrored no more', all: 'their copies are deleted' },
  resync: { done: 'copied again', all: 'each follows its primary' },
  'cinder-forced': { done: 'promoted by force', all: 'unprotected until a copy follows them again' },
  'cinder-failover': { done: 'moved', all: 'with their backend and its servers' },
}

/** How a run ends whose members are all decided. */
export function ending(
  { procedure }: Pick<Plan, 'procedure'>,
  members: readonly MemberRecord[],
): { readonly state: RunState; readonly reason: string } {
  const images = members.filter(({ member }) => member.kind === 'image')
  // Past its pivot it is done to, whatever became of what comes after.
  const ready = images.filter(({ state, memo }) => state === 'done' || pastPivot({ procedure }, memo)).length
  const aside = members.filter(({ state }) => state === 'set-aside').length
  if (images.length === 0) return withoutImages(members, aside)
  const { done, all } = ENDED[procedure]
  if (aside === 0) return { state: 'succeeded', reason: `${ready} ${ready === 1 ? 'image' : 'images'} ${done}, ${all}` }
  if (ready === 0) return { state: 'failed', reason: `no image was ${done}` }
  return { state: 'incomplete', reason: `${ready} of ${images.length} images ${done}; ${aside} set aside` }
}

/** A set-up or a take-down of pools, peers or schedules alone. */
function withoutImages(members: readonly MemberRecord[], aside: number): ReturnType<typeof ending> {
  const mine = members.filter(({ member }) => member.kind !== 'sites')
  const named = mine
    .filter(({ state }) => state === 'done')
    .slice(0, 3)
    .map(({ member }) => memberName(member))
  const done = mine.length - aside
  if (done === 0) return { state: 'failed', reason: `nothing was done; ${aside} set aside` }
  const which = `${done} done: ${named.join(', ')}${done > named.length ? ', …' : ''}`
  return aside === 0
    ? { state: 'succeeded', reason: which }
    : { state: 'incomplete', reason: `${which}; ${aside} set aside` }
}
