import clsx from 'clsx'
import type { ReactNode } from 'react'
import { type Tone, toneText } from './state-mark'

interface FigureProps {
  readonly label: ReactNode
  readonly tone?: Tone
  readonly size?: 'medium' | 'large'
  readonly children: ReactNode
}

/** A figure with what it counts below it. */
export function Figure({ label, tone = 'none', size = 'medium', children }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col-reverse justify-end">
      <dt className="text-sm text-faint">{label}</dt>
      <dd className={clsx('font-semibold', size === 'large' ? 'text-2xl' : 'text-lg', toneText(tone))}>{children}</dd>
    </div>
  )
}

/** Figures side by side; must hold `Figure` alone. */
export function Figures({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return <dl className={clsx('flex flex-wrap gap-x-8 gap-y-3', className)}>{children}</dl>
}
