import type { Tone } from '@/components/ui/state-mark'
import type { AttemptState, MemberState, RunState, Wish } from '@/lib/domain/run-states'
import type { RunLedgerRow } from '@/lib/views/run-ledger'
import type { MemberView } from '@/lib/views/runs'

interface Said {
  readonly tone: Tone
  readonly text: string
}

const RUNS: Record<RunState, Said> = {
  queued: { tone: 'unknown', text: 'queued' },
  running: { tone: 'copying', text: 'running' },
  waiting: { tone: 'behind', text: 'waiting' },
  paused: { tone: 'behind', text: 'paused' },
  succeeded: { tone: 'ok', text: 'succeeded' },
  incomplete: { tone: 'behind', text: 'incomplete' },
  failed: { tone: 'bad', text: 'failed' },
  cancelled: { tone: 'none', text: 'stopped' },
}

/** A wish that the worker has not taken up yet is said as what it is: a wish. */
export function runWords(state: RunState, wish: Wish): Said {
  if (wish === 'stop' && state !== 'cancelled') return { tone: 'behind', text: 'stopping' }
  if (wish === 'pause' && state !== 'paused') return { tone: 'behind', text: 'pausing' }
  if (wish === 'go' && state === 'paused') return { tone: 'copying', text: 'resuming' }
  return RUNS[state]
}

const MEMBERS: Record<MemberState, Said> = {
  pending: { tone: 'none', text: 'pending' },
  acting: { tone: 'copying', text: 'under way' },
  waiting: { tone: 'behind', text: 'waiting' },
  'in-doubt': { tone: 'unknown', text: 'in doubt' },
  done: { tone: 'ok', text: 'done' },
  held: { tone: 'behind', text: 'held' },
  'set-aside': { tone: 'none', text: 'set aside' },
  undone: { tone: 'behind', text: 'promoted back' },
  failed: { tone: 'bad', text: 'failed' },
}

/** How a member stands, seen from the step that is looked at. */
export function memberWords({ state, place, stepIdx }: Pick<MemberView, 'state' | 'place' | 'stepIdx'>): Said {
  if (place === 'past') return { tone: 'ok', text: 'through' }
  const said = MEMBERS[state]
  return place === 'not-yet' ? { ...said, text: `${said.text} at step ${stepIdx + 1}` } : said
}

/** How the member of a row of the ledger stands in its run. What no member stands for was so before, or is only looked at. */
export function ledgerWords({ row, member }: RunLedgerRow, steps: number): Said {
  if (row.kind === 'change' && row.effect === 'done') return { tone: 'ok', text: 'so before' }
  if (member === null) return { tone: 'unknown', text: 'not in the plan' }
  const { state, stepIdx } = member
  const said = MEMBERS[state]
  return state === 'done' || stepIdx >= steps ? said : { ...said, text: `${said.text} at step ${stepIdx + 1}` }
}

/** What may be decided about a member, and why not. Null: it may. */
export function retryRefusal({ state }: Pick<MemberView, 'state'>): string | null {
  return state === 'failed' || state === 'held' || state === 'undone' ? null : 'Only what has stopped can be retried'
}

export function asideRefusal({ state }: Pick<MemberView, 'state'>): string | null {
  if (state === 'done') return 'It is done'
  if (state === 'set-aside') return 'It is set aside already'
  if (state === 'acting' || state === 'in-doubt')
    return 'A command on it is under way or in doubt: its outcome comes first'
  return null
}

/** What leaving a member out is called: of a gate it is going on although it is shut. */
export const asideLabel = ({ kind }: Pick<MemberView, 'kind'>): string =>
  kind === 'gate' ? 'Go on without' : 'Set aside'

const ATTEMPTS: Record<AttemptState, Said> = {
  started: { tone: 'copying', text: 'under way' },
  done: { tone: 'ok', text: 'done' },
  refused: { tone: 'behind', text: 'refused' },
  failed: { tone: 'bad', text: 'failed' },
  'in-doubt': { tone: 'unknown', text: 'in doubt' },
}

export const attemptWords = (state: AttemptState): Said => ATTEMPTS[state]
