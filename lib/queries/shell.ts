import { queryOptions } from '@tanstack/react-query'
import { ShellView } from '@/lib/views/shell'
import { getJson } from './get-json'

export const shellQuery = () =>
  queryOptions({
    queryKey: ['shell'] as const,
    queryFn: ({ signal }) => getJson('/api/shell', {}, ShellView, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
