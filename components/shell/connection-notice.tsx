'use client'

import { Moment } from '@/components/live/age'
import { useConnection } from '@/components/live/connection'
import { BarNotice } from './bar-notice'

/** This page has lost the console. Its figures count on, from what was read last. */
export function ConnectionNotice() {
  const lostAt = useConnection((state) => state.lostAt)
  if (lostAt === null) return null
  return (
    <BarNotice
      title={
        <>
          No connection to the console since <Moment at={lostAt} />.
        </>
      }
    >
      States are from then, exposure counts on. It is tried again every 2 s; is <code>npm start</code> still running?
    </BarNotice>
  )
}
