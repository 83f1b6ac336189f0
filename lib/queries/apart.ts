import { queryOptions } from '@tanstack/react-query'
import { ApartView } from '@/lib/views/apart'
import { getJson } from './get-json'

export const apartQuery = () =>
  queryOptions({
    queryKey: ['apart'] as const,
    queryFn: ({ signal }) => getJson('/api/apart', {}, ApartView, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
