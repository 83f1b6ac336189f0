'use client'

import { useNow } from '@/components/live/clock'
import { durationText } from '@/lib/views/duration-text'

interface ElapsedProps {
  readonly from: number | null
  /** Null: it goes on. */
  readonly until: number | null
}

/** How long it took, or takes until now. */
export function Elapsed({ from, until }: ElapsedProps) {
  const now = useNow()
  return from === null ? '–' : durationText(((until ?? now) - from) / 1000)
}
