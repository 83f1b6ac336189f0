import { queryOptions } from '@tanstack/react-query'
import { OverviewView } from '@/lib/views/overview'
import { getJson } from './get-json'

export const overviewQuery = () =>
  queryOptions({
    queryKey: ['overview'] as const,
    queryFn: ({ signal }) => getJson('/api/overview', {}, OverviewView, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
