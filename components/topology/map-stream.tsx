'use client'

import clsx from 'clsx'
import { useNow } from '@/components/live/clock'
import { Link } from '@/components/ui/link'
import { StateMark } from '@/components/ui/state-mark'
import type { Stream } from '@/lib/domain/summary'
import { VERDICTS } from '@/lib/domain/verdict-words'
import { countOf, countText } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { StreamState } from '@/lib/views/stream-state'
import { verdictWords } from '@/lib/views/verdict-tone'
import type { Edge } from './layout'

const STROKES = {
  ok: 'stroke-ok-fill',
  behind: 'stroke-behind-fill',
  bad: 'stroke-bad-fill',
  unknown: 'stroke-unknown',
} as const
const FILLS = { ok: 'fill-ok-fill', behind: 'fill-behind-fill', bad: 'fill-bad-fill', unknown: 'fill-unknown' } as const
const EDGES = {
  ok: 'border-line',
  behind: 'border-behind-fill',
  bad: 'border-bad-fill',
  unknown: 'border-dashed border-line-strong',
} as const

/** From primary to copy. Unknown is dashed. */
export function StreamArrow({ edge, tone }: { readonly edge: Edge; readonly tone: StreamState['tone'] }) {
  return (
    <g>
      <path
        d={edge.path}
        fill="none"
        className={STROKES[tone]}
        strokeWidth={tone === 'behind' || tone === 'bad' ? 2.25 : 1.75}
        strokeDasharray={tone === 'unknown' ? '5 5' : undefined}
      />
      <polygon points={edge.head} className={FILLS[tone]} />
    </g>
  )
}

interface StreamLabelProps {
  readonly stream: Stream
  readonly state: StreamState
  readonly at: { readonly x: number; readonly y: number }
}

/** `42 s of 2 min · 1,204`: opens the images of that direction. */
export function StreamLabel({ stream, state, at }: StreamLabelProps) {
  return (
    <Link
      href={streamHref(stream)}
      aria-label={`${stream.from} to ${stream.to}, ${countOf(stream.images, 'image')}`}
      title={statesText(stream)}
      style={{ left: at.x, top: at.y }}
      className={clsx(
        'absolute inline-flex h-7 -translate-1/2 items-center gap-1.5 rounded-full border bg-ground px-3 text-sm whitespace-nowrap hover:bg-raised',
        EDGES[state.tone],
      )}
    >
      <StreamFigure stream={stream} state={state} />
    </Link>
  )
}

/** `1,118 following, 6 copying, 4 split-brain` */
const statesText = (stream: Stream): string =>
  VERDICTS.filter((verdict) => (stream.byVerdict[verdict] ?? 0) > 0)
    .map((verdict) => `${countText(stream.byVerdict[verdict] ?? 0)} ${verdictWords(verdict, 'in time')}`)
    .join(', ')

export const streamHref = (stream: Stream): string =>
  `/images?${new URLSearchParams({ from: stream.from, to: stream.to, sort: 'exposure' })}`

export function StreamFigure({ stream, state }: { readonly stream: Stream; readonly state: StreamState }) {
  const now = useNow()
  const { worst, tone } = state
  const sec = worst === null ? null : exposureSec(worst.heldUntilAt, now)
  return (
    <>
      <StateMark tone={tone} className="text-xs" />
      {tone === 'unknown' ? (
        <span className="text-unknown">no reading</span>
      ) : sec === null || worst === null ? (
        <span className="text-unknown">nothing held</span>
      ) : (
        <span>
          <span className={clsx('font-semibold', sec > worst.objectiveSec ? 'text-behind' : 'text-ink')}>
            {durationText(sec)}
          </span>{' '}
          <span className="text-dim">of {durationText(worst.objectiveSec)}</span>
        </span>
      )}
      <span className="text-faint">· {countText(stream.images)}</span>
    </>
  )
}
