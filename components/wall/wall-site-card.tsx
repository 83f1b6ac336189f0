import clsx from 'clsx'
import { StateMark, toneText } from '@/components/ui/state-mark'
import type { Attention } from '@/lib/domain/summary'
import { countText } from '@/lib/views/count-text'
import { LOST_WORDS } from '@/lib/views/lost-words'
import { shortMomentText } from '@/lib/views/time-text'
import { lateSince, type WallSite } from '@/lib/views/wall-sites'
import { Since } from './since'
import { lossOf, lossThen } from './wall-loss'

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
  const loss = lossOf(one, now)
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
      </div>
      <ul className="flex flex-col justify-end gap-1 text-[1.75rem] leading-tight text-dim">
        {tone === 'unknown' ? <Dark one={one} now={now} /> : <Figures one={one} attention={attention} now={now} />}
      </ul>
    </section>
  )
}

function Figures({ one, attention, now }: WallSiteCardProps) {
  const { ifLost, lost, site } = one
  if (ifLost === null || ifLost.primaries === 0) return null
  const late = lateSince(site.name, { attention })
  const where = ifLost.targets.length === 1 ? `at ${ifLost.targets[0]?.site}` : `at ${ifLost.targets.length} sites`
  return (
    <>
      {lost > 0 && (
        <>
          <li className="truncate font-semibold text-bad">
            <StateMark tone="bad" /> {countText(lost)} would be lost
          </li>
          <li className="truncate text-[1.5rem]">
            {ifLost.lost.map(({ reason, images }) => `${countText(images)} ${LOST_WORDS[reason]}`).join(' · ')}
          </li>
        </>
      )}
      {ifLost.behindObjective > 0 && (
        <li className="truncate text-behind">
          <StateMark tone="behind" /> {countText(ifLost.behindObjective)} behind objective
          {late !== null && ` since ${shortMomentText(late, now)}`}
        </li>
      )}
      <li>
        <span className="font-semibold text-ink">
          {countText(ifLost.recover)} of {countText(ifLost.primaries)}
        </span>{' '}
        recover {ifLost.targets.length > 0 && <span className="whitespace-nowrap">{where}</span>}
      </li>
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
            {countText(ifLost.recover)} of {countText(ifLost.primaries)} could recover, when last read
          </li>
          <li className="truncate">{lossThen(one, now)}</li>
        </>
      )}
    </>
  )
}
