import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type LagRange, LagView } from '@/lib/views/lag'
import { getJson } from './get-json'

export const lagQuery = (minutes: LagRange) =>
  queryOptions({
    queryKey: ['lag', minutes] as const,
    queryFn: ({ signal }) => getJson('/api/lag', { minutes }, LagView, signal),
    // Roll-ups are of whole minutes: they are asked for once a minute and not at every topic of a pool.
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  })
