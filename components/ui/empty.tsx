import type { ReactNode } from 'react'

interface EmptyProps {
  /** What is missing. */
  readonly title: ReactNode
  /** How to get it. */
  readonly children?: ReactNode
}

export function Empty({ title, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-start gap-1.5 rounded-lg border border-dashed border-line-strong px-5 py-6">
      <p className="font-medium text-ink">{title}</p>
      {children !== undefined && <div className="max-w-prose text-dim">{children}</div>}
    </div>
  )
}
