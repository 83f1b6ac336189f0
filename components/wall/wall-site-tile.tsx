import clsx from 'clsx'
import { StateMark, toneText } from '@/components/ui/state-mark'
import { countText } from '@/lib/views/count-text'
import { shortMomentText } from '@/lib/views/time-text'
import type { WallSite } from '@/lib/views/wall-sites'
import { Since } from './since'
import { lossOf, missing } from './wall-loss'
import { cardEdge } from './wall-site-card'

interface WallSiteTileProps {
  readonly one: WallSite
  readonly now: number
  /** Nine and more share the room that six have. */
  readonly size: 'large' | 'small'
}

/** One of many sites: its figure and the worst that is to be said of it. */
export function WallSiteTile({ one, now, size }: WallSiteTileProps) {
  const { site, tone } = one
  const loss = lossOf(one)
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
        <span className={clsx('font-semibold whitespace-nowrap', toneText(loss.tone))}>{loss.figure}</span>
      </p>
      <p className={clsx('truncate leading-tight text-dim', size === 'large' ? 'text-[1.75rem]' : 'text-[1.5rem]')}>
        <Worst one={one} now={now} />
      </p>
    </section>
  )
}

function Worst({ one, now }: { readonly one: WallSite; readonly now: number }) {
  const { tone, ifLost, since, bare } = one
  if (bare) return 'nothing there is mirrored'
  if (tone === 'unknown') return since === null ? 'not read yet' : <Since at={since} now={now} />
  if (ifLost === null || ifLost.primaries === 0) return 'no primaries'
  if (ifLost.behindObjective > 0) {
    return (
      <span className="text-behind">
        {countText(ifLost.behindObjective)} of {countText(ifLost.recover)} come back too old
        {since !== null && `, since ${shortMomentText(since, now)}`}
      </span>
    )
  }
  return ifLost.recover === 0 ? 'none comes back' : `${countText(ifLost.recover)} come back, ${missing(one, now)}`
}
