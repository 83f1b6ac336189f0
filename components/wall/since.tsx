import { durationShort } from '@/lib/views/duration-text'
import { fullMomentText, shortMomentText } from '@/lib/views/time-text'

interface SinceProps {
  readonly at: number
  readonly now: number
  readonly className?: string
}

/** `since 01:52, for 27 min` */
export function Since({ at, now, className }: SinceProps) {
  return (
    <time dateTime={new Date(at).toISOString()} title={fullMomentText(at)} className={className}>
      since {shortMomentText(at, now)}, for {durationShort((now - at) / 1000)}
    </time>
  )
}
