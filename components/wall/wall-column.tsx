import { type ReactNode, useId } from 'react'

interface WallColumnProps {
  readonly title: string
  /** What did not find room: said, so that nobody takes the list for the whole. */
  readonly more?: string
  readonly children: ReactNode
}

export function WallColumn({ title, more = '', children }: WallColumnProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-3 border-t-2 border-line-strong pt-4">
      <h2
        id={id}
        className="flex items-baseline justify-between gap-4 text-[1.5rem] leading-tight whitespace-nowrap text-faint"
      >
        <span className="truncate">{title}</span>
        {more !== '' && <span>{more}</span>}
      </h2>
      {children}
    </section>
  )
}

/** In place of a list that is empty. */
export function WallNothing({ children }: { readonly children: ReactNode }) {
  return <p className="text-[1.75rem] leading-tight text-dim">{children}</p>
}
