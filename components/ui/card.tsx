import clsx from 'clsx'
import { type ReactNode, useId } from 'react'

interface CardProps {
  readonly title: ReactNode
  /** Small and to the right: what the figures are, and how old. */
  readonly aside?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A region with a heading. */
export function Card({ title, aside, className, children }: CardProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={clsx('flex min-w-0 flex-col rounded-xl border border-line bg-panel p-5', className)}
    >
      <header className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {aside !== undefined && <div className="text-sm text-faint">{aside}</div>}
      </header>
      <div className="min-w-0 flex-1">{children}</div>
    </section>
  )
}

/** The same surface without a heading. */
export function Panel({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return <div className={clsx('min-w-0 rounded-xl border border-line bg-panel p-5', className)}>{children}</div>
}
