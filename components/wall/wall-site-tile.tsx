import clsx from 'clsx'
import { StateMark, toneText } from '@/components/ui/state-mark'
import { countText } from '@/lib/views/count-text'
import { durationShort } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { WallSite } from '@/lib/views/wall-sites'
import { Since } from './since'
import { cardEdge } from './wall-site-card'

interface WallSiteTileProps {
  readonly one: WallSite
  readonly now: number
  /** Nine and more share the room that six have. */
  readonly size: 'large' | 'small'
}

/** One of many sites: its figure and the worst that is to be said of it. */
export function WallSiteTile({ one, now, size }: WallSiteTileProps) {
  const { site, tone, ifLost } = one
  const at = tone === 'unknown' ? null : (ifLost?.worstHeldUntilAt ?? null)
  return (
    <section
      aria-label={`If ${site.name} is lost now`}
      className={clsx(
        'flex min-w-0 flex-1 flex-col justify-center gap-1 rounded-xl border-2 bg-panel px-6 py-3',
        cardEdge[tone],
      )}
    >
      <p
        className={clsx(
          'flex items-baseline justify-between gap-4 leading-tight',
          size === 'large' ? 'text-[2.75rem]' : 'text-[2rem]',
        )}
      >
        <span className="min-w-0 truncate font-semibold">
          <StateMark tone={tone} className="mr-1.5 text-[0.8em]" />
          {site.name}
        </span>
        <span
          className={clsx(
            'font-semibold whitespace-nowrap',
            at === null ? 'text-unknown' : toneText(tone === 'ok' ? 'ok' : 'none'),
          )}
        >
          {at === null ? (tone === 'unknown' ? '?' : '–') : durationShort(exposureSec(at, now))}
        </span>
      </p>
      <p className={clsx('truncate leading-tight text-dim', size === 'large' ? 'text-[1.75rem]' : 'text-[1.5rem]')}>
        <Worst one={one} now={now} />
      </p>
    </section>
  )
}

function Worst({ one, now }: { readonly one: WallSite; readonly now: number }) {
  const { tone, ifLost, since, lost } = one
  if (tone === 'unknown') return since === null ? 'not read yet' : <Since at={since} now={now} />
  if (ifLost === null || ifLost.primaries === 0) return 'no primaries'
  if (lost > 0)
    return (
      <span className="text-bad">
        {countText(lost)} of {countText(ifLost.primaries)} lost
      </span>
    )
  if (tone === 'behind') {
    return (
      <span className="text-behind">
        {countText(ifLost.behindObjective)} late {since !== null && <Since at={since} now={now} />}
      </span>
    )
  }
  return `${countText(ifLost.recover)} of ${countText(ifLost.primaries)} recover`
}
