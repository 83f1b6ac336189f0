import type { ReactNode } from 'react'

/** Below the bar of every screen: what is shown is not of now. */
export function BarNotice({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <div role="alert" className="hatched border-b border-dashed border-line-strong px-4 py-2 text-sm md:px-6">
      <span aria-hidden className="mr-1.5 text-unknown">
        ◌
      </span>
      <span className="font-medium text-ink">{title}</span> <span className="text-dim">{children}</span>
    </div>
  )
}
