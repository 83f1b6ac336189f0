import type { ReactNode } from 'react'

interface VeilProps {
  /** Since when, and why: `as of 02:14:07 UTC, eu-south has not answered since`. Null where the figures are fresh. */
  readonly since: ReactNode | null
  readonly children: ReactNode
}

/** Old figures stay readable, are hatched over and say since when. */
export function Veil({ since, children }: VeilProps) {
  if (since === null) return <>{children}</>
  return (
    <div className="relative">
      <p className="mb-2 flex items-baseline gap-1.5 text-sm text-unknown">
        <span aria-hidden>◌</span>
        <span>{since}</span>
      </p>
      <div className="hatched -m-1.5 rounded-lg p-1.5 saturate-50">{children}</div>
    </div>
  )
}
