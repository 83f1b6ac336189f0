'use client'

import { useNow } from '@/components/live/clock'
import { Link } from '@/components/ui/link'
import { plainDayText, plainTime } from '@/lib/views/plain-time'
import type { StatusView } from '@/lib/views/status'

interface StatusHeadProps {
  readonly view: StatusView
  readonly lostAt: number | null
}

export function StatusHead({ view: { name, demo, mayEdit }, lostAt }: StatusHeadProps) {
  const now = useNow()
  return (
    <header className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1 text-lg print:text-[9pt]">
      <p>
        <span className="font-semibold">{name}</span>
        <span className="text-faint"> · disaster recovery status</span>
        {demo && <span className="text-faint"> · demo</span>}
      </p>
      <p className="flex flex-wrap gap-x-5 text-faint">
        <time dateTime={new Date(now).toISOString()}>
          {plainDayText(now)}, {plainTime(now, now)}
          <span data-noprint>{lostAt === null ? ' · live' : ' · not live'}</span>
        </time>
        {mayEdit && (
          <Link
            href="/"
            data-noprint
            className="text-dim underline decoration-line-strong underline-offset-4 hover:text-ink"
          >
            Console
          </Link>
        )}
      </p>
    </header>
  )
}
