import { queryOptions } from '@tanstack/react-query'
import { WallView } from '@/lib/views/wall'
import { getJson } from './get-json'

/** A screen that nobody touches must find back by itself from a stream that died without a word. */
const ANYWAY_MS = 15_000

export const wallQuery = () =>
  queryOptions({
    queryKey: ['wall'] as const,
    queryFn: ({ signal }) => getJson('/api/wall', {}, WallView, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ANYWAY_MS,
    refetchIntervalInBackground: true,
  })
