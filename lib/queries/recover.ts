import { queryOptions } from '@tanstack/react-query'
import { FailoverDirections, PickedImages } from '@/lib/views/failover-choices'
import { getJson } from './get-json'

/** Under `overview`: both are new whenever the worker has summed up again. */
export const directionsQuery = () =>
  queryOptions({
    queryKey: ['overview', 'directions'] as const,
    queryFn: ({ signal }) => getJson('/api/runs/directions', {}, FailoverDirections, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What was handed over: read once, it is a choice and does not change by itself. */
export const pickedQuery = (ids: string, filter: string) =>
  queryOptions({
    queryKey: ['picked', ids, filter] as const,
    queryFn: ({ signal }) => getJson('/api/runs/picked', { ids, filter }, PickedImages, signal),
    enabled: ids !== '' || filter !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
