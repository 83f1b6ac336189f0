'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { serverNow } from '@/lib/queries/server-clock'
import { affectedBy, isAffected } from '@/lib/queries/topics'
import { useConnection } from './connection'
import { followEvents } from './follow-events'

/** Makes what is on screen follow what the console reads. Mounted once. */
export function LiveEvents({ seq }: { readonly seq: number }) {
  const client = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `seq` is where this tab began; the stream knows its own place
  useEffect(
    () =>
      followEvents({
        after: seq,
        onConnection: (connection) => useConnection.getState().turn(connection, serverNow()),
        onEvent: (event) => {
          const affects = event.topics.flatMap(affectedBy)
          void client.invalidateQueries(
            event.kind === 'reset' ? {} : { predicate: (query) => isAffected(query.queryKey, affects) },
          )
        },
      }),
    [client],
  )
  return null
}
