import { queryOptions } from '@tanstack/react-query'
import { isEnded } from '@/lib/domain/run-states'
import { RunLedgerPage } from '@/lib/views/run-ledger'
import { RunDetail, RunsPage } from '@/lib/views/runs'
import { getJson } from './get-json'

export const runsQuery = (past = 100) =>
  queryOptions({
    queryKey: ['runs', { past }] as const,
    queryFn: ({ signal }) => getJson('/api/runs', { past }, RunsPage, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export interface RunLook {
  /** Null: where the run is, and on from there by itself. */
  readonly step: number | null
  readonly find: string
}

/** That a worker died is told by no event: a live run is asked for every so often too. */
const STILL_HELD_MS = 5_000

export const runQuery = (id: string, look: RunLook) =>
  queryOptions({
    queryKey: ['run', id, look] as const,
    queryFn: ({ signal }) => getJson(`/api/runs/${encodeURIComponent(id)}`, { ...look }, RunDetail, signal),
    staleTime: Number.POSITIVE_INFINITY,
    // The step before stays while the next one is fetched, so that nothing jumps.
    placeholderData: (before, query) => (query?.queryKey[1] === id ? before : undefined),
    refetchInterval: ({ state }) => (state.data === undefined || isEnded(state.data.run.state) ? false : STILL_HELD_MS),
  })

/** One window of a run's ledger; `find` is part of a name, '' for all. */
export const runLedgerQuery = (id: string, find: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: ['run', id, 'ledger', find, offset, limit] as const,
    queryFn: ({ signal }) =>
      getJson(`/api/runs/${encodeURIComponent(id)}/ledger`, { find, offset, limit }, RunLedgerPage, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
