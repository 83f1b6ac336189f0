import clsx from 'clsx'
import { StateMark, toneText } from '@/components/ui/state-mark'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { StreamState } from '@/lib/views/stream-state'
import type { WallView } from '@/lib/views/wall'
import { type WallStream, wallStreams } from '@/lib/views/wall-streams'
import { WallColumn, WallNothing } from './wall-column'

const SHOWN = 5
const WORDS: Record<StreamState['tone'], string> = {
  ok: 'within its objective',
  behind: 'behind its objective',
  bad: 'broken images in it',
  unknown: 'not known',
}

/** Directions, worst first: the pool that is furthest past its objective speaks for its direction. */
export function WallStreams({ view, now }: { readonly view: WallView; readonly now: number }) {
  if (view.streams === null) {
    return (
      <WallColumn title="Streams">
        <WallNothing>Not known yet: no site has been read.</WallNothing>
      </WallColumn>
    )
  }
  const streams = wallStreams(view, now)
  const rest = streams.slice(SHOWN)
  const well = rest.every(({ state }) => state.tone === 'ok')
  return (
    <WallColumn
      title="Streams: loss, of objective"
      more={rest.length === 0 ? '' : `and ${rest.length} more${well ? ', in time' : ''}`}
    >
      {streams.length === 0 && <WallNothing>No image is mirrored between two of these sites.</WallNothing>}
      <ul className="flex flex-col gap-2.5">
        {streams.slice(0, SHOWN).map((one) => (
          <Row key={`${one.stream.from}>${one.stream.to}`} one={one} now={now} />
        ))}
      </ul>
    </WallColumn>
  )
}

function Row({ one: { stream, state }, now }: { readonly one: WallStream; readonly now: number }) {
  const { tone, worst } = state
  return (
    <li className="flex items-baseline justify-between gap-4 text-[1.75rem] leading-tight whitespace-nowrap">
      <span className="min-w-0 truncate">
        <StateMark tone={tone} className="mr-1.5" />
        <span className="sr-only">{WORDS[tone]}: </span>
        {stream.from} → {stream.to}
      </span>
      {tone === 'unknown' ? (
        <span className="text-unknown">not known</span>
      ) : worst === null ? (
        <span className="text-unknown">nothing held</span>
      ) : (
        <span>
          <span className={clsx('font-semibold', toneText(isLate(worst, now) ? 'behind' : 'none'))}>
            {durationText(exposureSec(worst.heldUntilAt, now))}
          </span>
          <span className="text-dim"> of {durationText(worst.objectiveSec)}</span>
        </span>
      )}
    </li>
  )
}

const isLate = (worst: NonNullable<StreamState['worst']>, now: number): boolean =>
  exposureSec(worst.heldUntilAt, now) > worst.objectiveSec
