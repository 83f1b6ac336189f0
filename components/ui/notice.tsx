import clsx from 'clsx'
import type { ReactNode } from 'react'
import { StateMark, type Tone } from './state-mark'

interface NoticeProps {
  readonly tone: Tone
  /** What is in the way. */
  readonly title: ReactNode
  /** The evidence, the command that would show it, and who can clear it. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

const EDGES: Record<Tone, string> = {
  ok: 'border-line border-l-ok',
  copying: 'border-line border-l-copying',
  behind: 'border-line border-l-behind',
  bad: 'border-line border-l-bad',
  unknown: 'border-line-strong border-dashed',
  suspended: 'border-line border-l-line-strong',
  none: 'border-line',
}

export function Notice({ tone, title, children, action }: NoticeProps) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={clsx(
        'flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border border-l-2 bg-panel px-4 py-3',
        EDGES[tone],
      )}
    >
      <div className="flex min-w-0 flex-1 basis-72 gap-2">
        <StateMark tone={tone} className="shrink-0" />
        <div className="min-w-0 flex-1">
          <p className="font-medium text-ink">{title}</p>
          {children !== undefined && <div className="mt-0.5 text-dim">{children}</div>}
        </div>
      </div>
      {action}
    </div>
  )
}
