import { queryOptions } from '@tanstack/react-query'
import { CloudsView } from '@/lib/views/cloud'
import { getJson } from './get-json'

export const cloudsQuery = () =>
  queryOptions({
    queryKey: ['clouds'] as const,
    queryFn: ({ signal }) => getJson('/api/clouds', {}, CloudsView, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
