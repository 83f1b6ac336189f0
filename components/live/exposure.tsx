'use client'

import clsx from 'clsx'
import type { Grade } from '@/lib/domain/verdict-words'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec, lateness } from '@/lib/views/exposure'
import { useNow } from './clock'

interface ExposureProps {
  /** Null: nothing is known to be held. That is unknown, and never 0. */
  readonly heldUntilAt: number | null
  readonly objectiveSec: number
  readonly grade: Grade
  /** `full` says the grade in words, `short` by a sign, `figure` neither it nor the objective. */
  readonly words?: 'figure' | 'short' | 'full'
}

const SURE: Record<Grade, string> = { measured: '', bounded: 'at most ', estimated: 'about ', unknown: '' }
const SIGNS: Record<Grade, string> = { measured: '', bounded: '≤ ', estimated: '≈ ', unknown: '' }

/** What would be lost if the primary vanished now, counting on. */
export function Exposure({ heldUntilAt, objectiveSec, grade, words = 'full' }: ExposureProps) {
  const now = useNow()
  if (heldUntilAt === null) return <span className="text-unknown">◌ unknown</span>
  const late = lateness(heldUntilAt, objectiveSec, now) === 'late'
  const figure = durationText(exposureSec(heldUntilAt, now))
  return (
    <span
      className="whitespace-nowrap"
      title={grade === 'unknown' ? undefined : `${grade}, objective ${durationText(objectiveSec)}`}
    >
      {late && (
        <span aria-hidden className="mr-1 text-behind">
          ▲
        </span>
      )}
      {words === 'full' && <span className="text-faint">{SURE[grade]}</span>}
      {words === 'short' && SIGNS[grade] !== '' && (
        <span className="text-faint">
          <span aria-hidden>{SIGNS[grade]}</span>
          <span className="sr-only">{SURE[grade]}</span>
        </span>
      )}
      <span className={clsx('font-medium', late ? 'text-behind' : 'text-ink')}>{figure}</span>
      {words !== 'figure' && <span className="text-faint"> of {durationText(objectiveSec)}</span>}
    </span>
  )
}
