'use client'

import { useNow } from '@/components/live/clock'
import { Link } from '@/components/ui/link'
import { clockText, minuteText, wallDayText } from '@/lib/views/time-text'

interface WallHeadProps {
  readonly name: string
  readonly demo: boolean
  readonly lostAt: number | null
}

/** Whose cloud, and what time it is: a clock that stands still is seen. */
export function WallHead({ name, demo, lostAt }: WallHeadProps) {
  const now = useNow()
  return (
    <header className="flex flex-wrap items-baseline justify-between gap-x-8 text-[1.75rem] leading-tight">
      <p>
        <Link href="/" className="font-semibold">
          {name}
        </Link>
        {demo && <span className="text-faint"> · demo, simulated sites</span>}
      </p>
      <p className="text-dim">
        {lostAt === null ? (
          <span className="text-faint">live · </span>
        ) : (
          <span className="text-unknown">◌ no connection since {clockText(lostAt)} · </span>
        )}
        {minuteText(now)} UTC · {wallDayText(now)}
      </p>
    </header>
  )
}
