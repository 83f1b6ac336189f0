import clsx from 'clsx'
import type { ReactNode } from 'react'
import { StateMark, type Tone } from './state-mark'

/** A pill with one fact. With a tone it carries the mark of the state; unknown is dashed. */
export function Badge({ tone = 'none', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex h-6 items-center gap-1 rounded-full border px-2.5 text-sm whitespace-nowrap text-dim',
        tone === 'unknown' ? 'border-dashed border-line-strong' : 'border-line',
      )}
    >
      <StateMark tone={tone} className="text-xs" />
      {children}
    </span>
  )
}
