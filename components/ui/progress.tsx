import clsx from 'clsx'
import type { Tone } from './state-mark'

const FILLS: Record<Tone, string> = {
  ok: 'bg-ok-fill',
  copying: 'bg-copying-fill',
  behind: 'bg-behind-fill',
  bad: 'bg-bad-fill',
  unknown: 'hatched bg-raised',
  suspended: 'bg-line-strong',
  none: 'bg-line-strong',
}

export interface Share {
  readonly tone: Tone
  readonly count: number
  /** `36 copying`: read out and shown on hover. */
  readonly text: string
}

interface ProgressProps {
  readonly label: string
  readonly shares: readonly Share[]
  /** Of how many; what the shares leave is ground. */
  readonly total: number
  readonly className?: string
}

/** A bar of shares by state. A share that is not zero is never too thin to be seen. */
export function Progress({ label, shares, total, className }: ProgressProps) {
  const shown = shares.filter((share) => share.count > 0)
  const text = shown.map((share) => share.text).join(', ')
  return (
    <div
      role="img"
      aria-label={text === '' ? label : `${label}: ${text}`}
      title={text}
      className={clsx('flex h-1.5 w-full gap-px overflow-hidden rounded-full bg-raised', className)}
    >
      {shown.map((share) => (
        <div
          key={share.tone + share.text}
          className={clsx('h-full min-w-1', FILLS[share.tone])}
          style={{ width: `${total > 0 ? (100 * share.count) / total : 0}%` }}
        />
      ))}
    </div>
  )
}

/** Nothing is known: no share can be drawn. */
export function UnknownBar({ label }: { readonly label: string }) {
  return <div role="img" aria-label={label} title={label} className="hatched h-1.5 w-full rounded-full bg-raised" />
}
