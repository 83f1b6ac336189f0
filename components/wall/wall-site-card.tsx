import clsx from 'clsx'
import { Fragment } from 'react'
import { StateMark, toneText } from '@/components/ui/state-mark'
import type { Attention } from '@/lib/domain/summary'
import { countText } from '@/lib/views/count-text'
import { LOST_WORDS } from '@/lib/views/lost-words'
import { shortMomentText } from '@/lib/views/time-text'
import { lateSince, type WallSite } from '@/lib/views/wall-sites'
import { Since } from './since'
import { lossOf, missing } from './wall-loss'

interface WallSiteCardProps {
  readonly one: WallSite
  readonly attention: readonly Attention[] | null
  readonly now: number
}

export const cardEdge = {
  ok: 'border-line',
  behind: 'border-behind-fill',
  bad: 'border-bad-fill',
  unknown: 'hatched border-dashed border-unknown',
} as const

/** "If eu-west is lost now", from five metres. */
export function WallSiteCard({ one, attention, now }: WallSiteCardProps) {
  const { site, tone } = one
  const loss = lossOf(one)
  return (
    <section
      aria-label={`If ${site.name} is lost now`}
      className={clsx(
        'flex min-w-0 flex-1 flex-col justify-between gap-2 overflow-hidden rounded-2xl border-2 bg-panel px-8 py-5',
        cardEdge[tone],
      )}
    >
      <p className="text-[1.75rem] leading-tight text-dim">
        if <span className="font-semibold text-ink">{site.name}</span> is lost now
      </p>
      <div>
        <p className={clsx('text-[5rem] leading-none font-semibold tracking-tight', toneText(loss.tone))}>
          {loss.figure}
        </p>
        <p className="mt-1 text-[1.75rem] leading-tight text-dim">{loss.words}</p>
        {tone === 'bad' && <Reasons one={one} />}
      </div>
      <ul className="flex flex-col justify-end gap-1 text-[1.75rem] leading-tight text-dim">
        {tone === 'unknown' ? <Dark one={one} now={now} /> : <Figures one={one} attention={attention} now={now} />}
      </ul>
    </section>
  )
}

/** All of them: the one that is left out might be the worst. */
function Reasons({ one: { ifLost } }: Pick<WallSiteCardProps, 'one'>) {
  return (
    <p className="mt-2 text-[1.5rem] leading-tight text-ink">
      {ifLost?.lost.map(({ reason, images }, index) => (
        <Fragment key={reason}>
          {index > 0 && ' · '}
          <span className="whitespace-nowrap">
            {countText(images)} {LOST_WORDS[reason]}
          </span>
        </Fragment>
      ))}
    </p>
  )
}

/** What comes back, in two parts: an image whose copy is older than its objective allows does not come back well. */
function Figures({ one, attention, now }: WallSiteCardProps) {
  const { ifLost, site } = one
  if (ifLost === null || ifLost.recover === 0) return null
  const since = lateSince(site.name, { attention })
  const late = Math.min(ifLost.behindObjective, ifLost.recover)
  const inTime = ifLost.recover - late
  const where = ifLost.targets.length === 1 ? `at ${ifLost.targets[0]?.site}` : `at ${ifLost.targets.length} sites`
  return (
    <>
      {late > 0 && (
        <li className="text-behind">
          <StateMark tone="behind" /> <span className="font-semibold">{countText(late)}</span> come back too old
          {since !== null && `, since ${shortMomentText(since, now)}`}
          <span className="block pl-[1.4em]">{missing(one, now)}</span>
        </li>
      )}
      {inTime > 0 && (
        <li>
          <StateMark tone="ok" /> <span className="font-semibold text-ink">{countText(inTime)}</span> come back {where}
          {late === 0 && <span className="block pl-[1.4em]">{missing(one, now)}</span>}
        </li>
      )}
    </>
  )
}

/** Nothing of it is shown as if it were of now. */
function Dark({ one, now }: { readonly one: WallSite; readonly now: number }) {
  const { ifLost, since, dark } = one
  return (
    <>
      {(since !== null || ifLost !== null) && (
        <li className="truncate text-ink">
          <StateMark tone="unknown" /> {dark === 'partly' ? 'not read in full' : 'no answer'}{' '}
          {since !== null && <Since at={since} now={now} />}
        </li>
      )}
      {ifLost !== null && ifLost.primaries > 0 && (
        <>
          <li className="truncate">
            {countText(ifLost.recover)} of {countText(ifLost.primaries)} could come back, when last read
          </li>
          <li className="truncate">{missing(one, now)} by now</li>
        </>
      )}
    </>
  )
}
