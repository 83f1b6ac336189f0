import { queryOptions } from '@tanstack/react-query'
import { StatusView } from '@/lib/views/status'
import { getJson } from './get-json'

/** Readings grow old where nothing changes and no event comes; a third of the time for which one may be relied on. */
const ANYWAY_MS = 10_000

export const statusQuery = () =>
  queryOptions({
    queryKey: ['status'] as const,
    queryFn: ({ signal }) => getJson('/api/status', {}, StatusView, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ANYWAY_MS,
  })
