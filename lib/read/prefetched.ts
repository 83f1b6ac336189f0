import { type DehydratedState, dehydrate, type QueryKey } from '@tanstack/react-query'
import { newQueryClient } from '@/lib/queries/query-client'

/** What a page has read already, as the browser's queries take it over: the first paint has its figures. */
export function prefetched(read: readonly (readonly [QueryKey, unknown])[]): DehydratedState {
  const client = newQueryClient()
  // Rows of SQLite have no prototype, which React does not pass on; what a read route would send, it does.
  for (const [key, data] of read) client.setQueryData(key, JSON.parse(JSON.stringify(data)))
  return dehydrate(client)
}
