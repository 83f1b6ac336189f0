'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'
import { StateMark, type Tone } from './state-mark'

interface ToggleChipProps {
  readonly tone?: Tone
  readonly pressed: boolean
  readonly onToggle: () => void
  /** How many it would leave; null while nobody knows. */
  readonly count?: string | null
  readonly children: ReactNode
}

/** A filter that is on or off. */
export function ToggleChip({ tone = 'none', pressed, onToggle, count, children }: ToggleChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onToggle}
      className={clsx(
        'inline-flex h-7 items-center gap-1.5 rounded-full border px-3 text-sm whitespace-nowrap transition-colors',
        pressed
          ? 'border-line-strong bg-hover text-ink'
          : 'border-line text-dim hover:border-line-strong hover:text-ink',
      )}
    >
      <StateMark tone={tone} className="text-xs" />
      {children}
      {count != null && <span className={pressed ? 'text-ink' : 'text-faint'}>{count}</span>}
    </button>
  )
}
