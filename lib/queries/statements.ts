import { queryOptions } from '@tanstack/react-query'
import { StatementsView } from '@/lib/views/statements'
import { getJson } from './get-json'

export const statementsQuery = () =>
  queryOptions({
    queryKey: ['statements'] as const,
    queryFn: ({ signal }) => getJson('/api/statements', {}, StatementsView, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
