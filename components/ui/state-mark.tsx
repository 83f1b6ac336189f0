import clsx from 'clsx'
import type { ReactNode } from 'react'

/** What a state is, apart from its colour: a shape of its own, so that it is told apart without colour too. */
export type Tone = 'ok' | 'copying' | 'behind' | 'bad' | 'unknown' | 'suspended' | 'none'

const MARKS: Record<Exclude<Tone, 'none'>, string> = {
  ok: '●',
  copying: '◐',
  behind: '▲',
  bad: '✕',
  unknown: '◌',
  suspended: '‖',
}

const COLOURS: Record<Tone, string> = {
  ok: 'text-ok',
  copying: 'text-copying',
  behind: 'text-behind',
  bad: 'text-bad',
  unknown: 'text-unknown',
  suspended: 'text-dim',
  none: 'text-ink',
}

export const toneText = (tone: Tone): string => COLOURS[tone]

/** The bare shape. Its meaning must stand beside it in words. */
export function StateMark({ tone, className }: { readonly tone: Tone; readonly className?: string }) {
  if (tone === 'none') return null
  return (
    <span aria-hidden className={clsx('inline-block w-[1.1em] text-center font-sans', COLOURS[tone], className)}>
      {MARKS[tone]}
    </span>
  )
}

/** Shape and words of one state: `● replaying`. */
export function StateText({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={clsx('inline-flex items-baseline gap-1', COLOURS[tone])}>
      <StateMark tone={tone} />
      <span>{children}</span>
    </span>
  )
}
