import clsx from 'clsx'
import { StateMark, toneText } from '@/components/ui/state-mark'
import type { WallAnswer } from '@/lib/views/wall-answer'
import { Since } from './since'

interface WallAnswerLineProps {
  readonly answer: WallAnswer
  readonly now: number
}

/** The one line that must be right, and right at a glance. */
export function WallAnswerLine({ answer: { tone, verdict, text, since, detail }, now }: WallAnswerLineProps) {
  return (
    <section
      aria-label="Are we protected"
      className={clsx('border-l-[0.75rem] py-1 pl-7', EDGES[tone], tone === 'unknown' && 'hatched')}
    >
      <h1 className="text-[4.25rem] leading-[1.08] font-semibold tracking-tight text-balance">
        <span className={clsx('whitespace-nowrap', toneText(tone))}>
          <StateMark tone={tone} className="mr-3 text-[0.8em]" />
          {verdict}:
        </span>{' '}
        {text}
      </h1>
      <p className="mt-3 min-h-[2.5rem] text-[2rem] leading-tight text-dim">
        {since !== null && <Since at={since} now={now} className="font-semibold text-ink" />}
        {since !== null && detail !== '' && ' · '}
        {detail}
      </p>
    </section>
  )
}

const EDGES = {
  ok: 'border-ok-fill',
  behind: 'border-behind-fill',
  bad: 'border-bad-fill',
  unknown: 'border-dashed border-unknown',
} as const
