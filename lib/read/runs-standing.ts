import { pastPivot } from '@/lib/domain/procedure-traits'
import { isActive, type MemberState, needsDecision } from '@/lib/domain/run-states'
import type { Store } from '@/lib/store/database'
import type { MemberView, RunDetail, StepTally } from '@/lib/views/runs'
import type { FrozenRun } from './runs-frozen'

/** What changes of a member, without its sentence: of all members, since every count is made of it. */
export interface LightMember {
  readonly idx: number
  readonly state: MemberState
  readonly stepIdx: number
  readonly memo: string
}

export async function lightMembers(store: Store, runId: string): Promise<readonly LightMember[]> {
  const rows = await store
    .selectFrom('run_members')
    .select(['idx', 'state', 'step_idx as stepIdx', 'memo'])
    .where('run_id', '=', runId)
    .orderBy('idx')
    .execute()
  return rows as readonly (Omit<LightMember, 'state'> & { readonly state: MemberState })[]
}

/** Seen from one step. A member that was stopped or set aside never came further than where it stands. */
export const placeOf = ({ stepIdx }: LightMember, step: number): MemberView['place'] =>
  stepIdx === step ? 'here' : stepIdx < step ? 'not-yet' : 'past'

export function tallyOf(mine: readonly LightMember[], step: number): StepTally {
  const tally = { past: 0, pending: 0, acting: 0, waiting: 0, inDoubt: 0, stopped: 0, setAside: 0, notYet: 0 }
  for (const member of mine) tally[slotOf(member, step)]++
  return tally
}

function slotOf(member: LightMember, step: number): keyof StepTally {
  const place = placeOf(member, step)
  if (place === 'past') return 'past'
  const { state } = member
  if (needsDecision(state)) return 'stopped'
  if (state === 'set-aside') return 'setAside'
  if (place === 'not-yet') return 'notYet'
  if (state === 'in-doubt') return 'inDoubt'
  return state === 'acting' || state === 'waiting' ? state : 'pending'
}

/** Which step is looked at when nobody chose one: where work goes on, or where it stopped. */
export function stepAt(members: readonly LightMember[], steps: number): number {
  const lowest = (mine: readonly LightMember[]) =>
    mine.length === 0 ? null : Math.min(...mine.map(({ stepIdx }) => stepIdx))
  const at =
    lowest(members.filter(({ state }) => isActive(state))) ??
    lowest(members.filter(({ state }) => needsDecision(state)))
  return Math.min(at ?? steps - 1, steps - 1)
}

/** Where the images are. The memo is what the engine itself goes by when it takes a demotion back. */
export function standingOf(
  members: readonly LightMember[],
  { members: frozen, plan }: FrozenRun,
): RunDetail['standing'] {
  const standing = { untouched: 0, demoted: 0, promoted: 0, stranded: 0, inDoubt: 0 }
  for (const { idx, state, memo } of members) {
    if (frozen[idx]?.member.kind !== 'image') continue
    if (state === 'in-doubt' || state === 'acting') standing.inDoubt++
    const said = JSON.parse(memo) as Readonly<Record<string, unknown>>
    if (pastPivot(plan, said)) standing.promoted++
    else if (said['did:demote'] !== true) standing.untouched++
    else if (said.undoBlocked === true) standing.stranded++
    else standing.demoted++
  }
  return standing
}

/** Who needs a hand first, then who is at work, then who has not come so far, then who is through. */
export function worstFirst(mine: readonly LightMember[], step: number): readonly LightMember[] {
  return [...mine].sort((a, b) => rankOf(a, step) - rankOf(b, step) || a.idx - b.idx)
}

const RANKS: Record<keyof StepTally, number> = {
  stopped: 1,
  inDoubt: 2,
  waiting: 3,
  acting: 4,
  pending: 5,
  notYet: 6,
  setAside: 7,
  past: 8,
}

function rankOf(member: LightMember, step: number): number {
  const slot = slotOf(member, step)
  // The one that failed comes before those that were stopped along with it.
  return slot === 'stopped' && member.state === 'failed' ? 0 : RANKS[slot]
}
