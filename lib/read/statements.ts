import type { Config } from '@/lib/config/config'
import { roleOf } from '@/lib/config/role'
import type { OutageProgress, SuspensionProgress } from '@/lib/domain/acknowledged-outage'
import type { Store } from '@/lib/store/database'
import { outageOf } from '@/lib/store/outages'
import type { OutagesTable, SuspensionsTable } from '@/lib/store/statement-tables'
import { type Extension, nameOf, suspensionOf } from '@/lib/store/suspensions'
import type { OutageView, StatementsView, SuspensionView } from '@/lib/views/statements'
import { readPulses } from './shell'

/** History is looked at, not searched: the newest are enough for a page. */
const SHOWN = 200

/** Suspensions and acknowledged outages, open ones first, and what a form needs to make one. */
export async function readStatements(store: Store, config: Config, now: number): Promise<StatementsView> {
  const [pulses, pools, suspensions, outages] = await Promise.all([
    readPulses(store, config),
    store.selectFrom('pool_readings').select(['pair', 'pool']).distinct().where('pair', 'is not', null).execute(),
    store.selectFrom('suspensions').selectAll().orderBy('created_at', 'desc').limit(SHOWN).execute(),
    store.selectFrom('outages').selectAll().orderBy('acknowledged_at', 'desc').limit(SHOWN).execute(),
  ])
  const pairs = new Map<string, string[]>()
  for (const { pair, pool } of pools) if (pair !== null) pairs.set(pair, [...(pairs.get(pair) ?? []), pool])
  return {
    now,
    role: roleOf(),
    sites: pulses.map(({ name, state, lastOkAt }) => ({ name, silent: state === 'silent', lastHeardAt: lastOkAt })),
    pairs: [...pairs].sort().map(([pair, names]) => ({ pair, pools: names.sort() })),
    suspensions: openFirst(suspensions).map(suspensionView),
    outages: openFirst(outages).map(outageView),
  }
}

const openFirst = <Row extends { closed_at: number | null }>(rows: readonly Row[]): Row[] => [
  ...rows.filter((row) => row.closed_at === null),
  ...rows.filter((row) => row.closed_at !== null),
]

function suspensionView(row: SuspensionsTable): SuspensionView {
  const { closedAt, ...rest } = suspensionOf(row)
  const progress = row.progress === null ? null : (JSON.parse(row.progress) as SuspensionProgress)
  return {
    ...rest,
    pools: [...rest.pools],
    closedAt,
    createdAt: row.created_at,
    ended: wordOf(row.ended_at, row.ended_by, row.end_reason),
    closed: wordOf(closedAt, row.closed_by, row.close_reason),
    extensions: (JSON.parse(row.extensions) as Extension[]).map((one) => ({
      ...one,
      by: nameOf(JSON.stringify(one.by)),
    })),
    progress:
      progress === null
        ? null
        : { ...progress, aside: progress.aside.length, rest: [...progress.rest], room: [...progress.room] },
  }
}

function outageView(row: OutagesTable): OutageView {
  const progress = row.progress === null ? null : (JSON.parse(row.progress) as OutageProgress)
  return {
    ...outageOf(row),
    closed: wordOf(row.closed_at, row.closed_by, row.close_reason),
    progress: progress === null ? null : { ...progress, rest: [...progress.rest], room: [...progress.room] },
  }
}

const wordOf = (at: number | null, by: string | null, reason: string): SuspensionView['ended'] =>
  at === null || by === null ? null : { at, by: nameOf(by), reason }
