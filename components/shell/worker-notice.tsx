'use client'

import { useQuery } from '@tanstack/react-query'
import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { shellQuery } from '@/lib/queries/shell'
import { workerStillSince } from '@/lib/views/site-pulse'
import { BarNotice } from './bar-notice'

/** All figures come from the worker. Where it stands still the pages still load, and must not look well. */
export function WorkerNotice() {
  const { data } = useQuery(shellQuery())
  const now = useNow()
  const since = data === undefined ? null : workerStillSince(data.sites, now)
  if (since === null) return null
  return (
    <BarNotice
      title={
        <>
          No site has been read since <Moment at={since} />: the worker stands still.
        </>
      }
    >
      States are from then, exposure counts on. It is started again by itself where it dies; the output of{' '}
      <code>npm start</code> says why it does not.
    </BarNotice>
  )
}
