import type { MemberState } from '@/lib/domain/run-states'
import type { Store } from '@/lib/store/database'
import type { LedgerRowOf, RunLedgerPage } from '@/lib/views/run-ledger'
import { frozenRun } from './runs-frozen'

export interface LedgerAsked {
  readonly runId: string
  /** Part of a name, '' for all. */
  readonly find: string
  readonly offset: number
  readonly limit: number
}

/** A volume is found by its own name too, and by those who have it. */
function wordsOf(row: LedgerRowOf): string {
  const volume = row.kind === 'change' ? undefined : row.volume
  return [row.name, volume?.name, volume?.tenant, ...(volume?.servers ?? [])].join(' ').toLowerCase()
}

/** A window of what was frozen into the run, each row with the state that its member has now. Throws ReadRefusal. */
export async function readRunLedger(
  store: Store,
  { runId, find, offset, limit }: LedgerAsked,
  now: number,
): Promise<RunLedgerPage> {
  const { rows: all } = await frozenRun(store, runId)
  const sought = find.trim().toLowerCase()
  const found = sought === '' ? all : all.filter(({ row }) => wordsOf(row).includes(sought))
  const shown = found.slice(offset, offset + limit)
  const places = shown.flatMap(({ memberIdx }) => memberIdx ?? [])
  const members =
    places.length === 0
      ? []
      : await store
          .selectFrom('run_members')
          .select(['idx', 'state', 'step_idx', 'reason'])
          .where('run_id', '=', runId)
          .where('idx', 'in', places)
          .execute()
  const byIdx = new Map(members.map((member) => [member.idx, member]))
  return {
    now,
    total: found.length,
    offset,
    rows: shown.map(({ row, memberIdx }) => {
      const member = memberIdx === null ? undefined : byIdx.get(memberIdx)
      return {
        row,
        member:
          member === undefined
            ? null
            : { state: member.state as MemberState, stepIdx: member.step_idx, reason: member.reason },
      }
    }),
  }
}
