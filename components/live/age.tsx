'use client'

import { durationShort } from '@/lib/views/duration-text'
import { fullMomentText, momentText } from '@/lib/views/time-text'
import { useNow } from './clock'

/** `2 s`, counted on: how long ago that was. */
export function Age({ at }: { readonly at: number }) {
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={fullMomentText(at)}>
      {durationShort((now - at) / 1000)}
    </time>
  )
}

/** `02:14:07 UTC`, with the day where it is not today's. */
export function Moment({ at }: { readonly at: number }) {
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={fullMomentText(at)}>
      {momentText(at, now)}
    </time>
  )
}
