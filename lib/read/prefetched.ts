import { type DehydratedState, dehydrate, type QueryKey } from '@tanstack/react-query'
import { newQueryClient } from '@/lib/queries/query-client'

/** What a page has read already, as the browser's queries take it over: the first paint has its figures. */
export function prefetched(read: readonly (readonly [QueryKey, unknown])[]): DehydratedState {
  const client = newQueryClient()
  for (const [key, data] of read) client.setQueryData(key, data)
  return dehydrate(client)
}
