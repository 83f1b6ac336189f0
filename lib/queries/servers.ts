import { queryOptions } from '@tanstack/react-query'
import { ServersPage, type ServersRequest } from '@/lib/views/servers'
import { getJson } from './get-json'

export const SERVER_ROWS = 100

export type ServersList = Pick<ServersRequest, 'by' | 'q'>

/** One window of servers or tenants. Exposure changes with every reading of a pool, so it is asked again by itself. */
export const serversQuery = ({ by, q }: ServersList, offset: number, limit = SERVER_ROWS) =>
  queryOptions({
    queryKey: ['servers', by, q, offset, limit] as const,
    queryFn: ({ signal }) => getJson('/api/servers', { by, q, offset, limit }, ServersPage, signal),
    staleTime: 5_000,
    refetchInterval: 10_000,
  })
