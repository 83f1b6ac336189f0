'use client'

import { Moment } from '@/components/live/age'
import { useConnection } from '@/components/live/connection'

/** This page has lost the console. Its figures count on, from what was read last. */
export function ConnectionNotice() {
  const lostAt = useConnection((state) => state.lostAt)
  if (lostAt === null) return null
  return (
    <div role="alert" className="hatched border-b border-dashed border-line-strong px-4 py-2 text-sm md:px-6">
      <span aria-hidden className="mr-1.5 text-unknown">
        ◌
      </span>
      <span className="font-medium text-ink">
        No connection to the console since <Moment at={lostAt} />.
      </span>{' '}
      <span className="text-dim">
        States are from then, exposure counts on. It is tried again every 2 s; is <code>npm start</code> still running?
      </span>
    </div>
  )
}
