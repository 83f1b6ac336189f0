'use client'

import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Notice } from '@/components/ui/notice'

/** The worker sums up every round, a few seconds apart. */
const LATE_MS = 60_000

/** All figures come from the worker. Where it stands still the pages still load, and must not look well. */
export function SummedNotice({ summedAt }: { readonly summedAt: number | null }) {
  const now = useNow()
  if (summedAt === null || now - summedAt < LATE_MS) return null
  return (
    <Notice
      tone="unknown"
      title={
        <>
          The worker has written nothing since <Moment at={summedAt} />
        </>
      }
    >
      Counts and states are from then; exposure counts on. It is started again by itself where it dies: the output of{' '}
      <code>npm start</code> says why it does not.
    </Notice>
  )
}
