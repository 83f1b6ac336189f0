import type { Summaries } from '@/lib/domain/summary'
import type { Store } from '@/lib/store/database'
import { SUMMARY_SCHEMAS } from '@/lib/views/summary'

export type SummaryRows = { readonly [K in keyof Summaries]: Summaries[K] | null }

/** What the worker keeps summed up. A row that is not there, or not understood, is null: not read yet. */
export async function readSummaries(store: Store): Promise<SummaryRows> {
  const rows = await store.selectFrom('summaries').selectAll().execute()
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const pick = <K extends keyof Summaries>(key: K): Summaries[K] | null => {
    const row = byKey.get(key)
    if (row === undefined) return null
    const parsed = SUMMARY_SCHEMAS[key].safeParse(JSON.parse(row.json))
    return parsed.success ? (parsed.data as Summaries[K]) : null
  }
  return {
    'if-lost': pick('if-lost'),
    streams: pick('streams'),
    'pool-streams': pick('pool-streams'),
    attention: pick('attention'),
    counts: pick('counts'),
  }
}
