'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Figure, Figures } from '@/components/ui/figure'
import { Link } from '@/components/ui/link'
import { Progress, UnknownBar } from '@/components/ui/progress'
import type { IfLost } from '@/lib/domain/summary'
import { shellQuery } from '@/lib/queries/shell'
import { countOf, countText } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import { LOST_WORDS, lostHref } from '@/lib/views/lost-words'
import { mirroredPools } from '@/lib/views/mirrored-pools'
import type { SitePulse } from '@/lib/views/shell'
import { pulseOf, staleSince } from '@/lib/views/site-pulse'
import { NothingMirrored } from './nothing-mirrored'

interface IfLostCardProps {
  readonly site: SitePulse
  /** Null: not summed yet. */
  readonly ifLost: IfLost | null
}

/** What would come back, and what would not, if this site were gone now. */
export function IfLostCard({ site, ifLost }: IfLostCardProps) {
  const now = useNow()
  const since = staleSince(site, now)
  if (ifLost === null || ifLost.readAt === null) return <NotReadYet site={site} copies={ifLost?.primaries ?? 0} />
  if (since !== null || !ifLost.known) {
    return <NotKnown site={site} ifLost={ifLost} since={since ?? ifLost.readAt} now={now} />
  }
  const lost = ifLost.lost.reduce((sum, { images }) => sum + images, 0)
  return (
    <CardFrame site={site.name}>
      <p className="text-xl font-semibold tracking-tight">{headline(ifLost)}</p>
      <p className="mt-1 text-dim">{where(ifLost)}</p>
      {ifLost.primaries > 0 && (
        <>
          <dl className="mt-4 grid grid-cols-[repeat(4,auto)] justify-between gap-x-3 [&_dd]:whitespace-nowrap">
            <Loss
              at={ifLost.worstHeldUntilAt}
              grade={ifLost.worstGrade}
              label="worst loss"
              late={ifLost.behindObjective > 0}
            />
            <Loss at={ifLost.medianHeldUntilAt} grade={ifLost.worstGrade} label="median loss" late={false} />
            <Figure label="behind objective" tone={ifLost.behindObjective > 0 ? 'behind' : 'none'}>
              <BehindLink ifLost={ifLost} />
            </Figure>
            <Figure label="would be lost" tone={lost > 0 ? 'bad' : 'none'}>
              {countText(lost)}
            </Figure>
          </dl>
          <Bar ifLost={ifLost} lost={lost} />
        </>
      )}
      <Reasons ifLost={ifLost} />
    </CardFrame>
  )
}

function CardFrame({ site, children }: { readonly site: string; readonly children: ReactNode }) {
  return (
    <section
      aria-label={`If ${site} is lost now`}
      className="flex min-w-0 flex-col rounded-xl border border-line bg-panel p-5"
    >
      <p className="mb-1.5 text-dim">
        If <span className="font-semibold text-ink">{site}</span> is lost now
      </p>
      {children}
    </section>
  )
}

function headline({ primaries, recover }: IfLost): string {
  if (primaries === 0) return 'Nothing is lost'
  return `${countText(recover)} of ${countText(primaries)} image${primaries === 1 ? '' : 's'} recover`
}

function where({ primaries, targets }: IfLost): string {
  if (primaries === 0) return 'no image has its primary there'
  if (targets.length === 0) return 'no site has a copy that could be promoted'
  if (targets.length === 1) return `to ${targets[0]?.site}, by forced promotion`
  return `${targets.map(({ site, images }) => `${countText(images)} to ${site}`).join(', ')}, by forced promotion`
}

function Loss(props: { at: number | null; grade: IfLost['worstGrade']; label: string; late: boolean }) {
  const now = useNow()
  return (
    <Figure
      label={
        props.grade === 'bounded' && props.at !== null && props.label.startsWith('worst')
          ? `${props.label}, at most`
          : props.label
      }
      tone={props.at === null ? 'unknown' : props.late ? 'behind' : 'none'}
    >
      {props.at === null ? '–' : durationText(exposureSec(props.at, now))}
    </Figure>
  )
}

function BehindLink({ ifLost }: { readonly ifLost: IfLost }) {
  const text = countText(ifLost.behindObjective)
  if (ifLost.behindObjective === 0) return text
  return (
    <Link
      className="hover:underline"
      href={`/images?${new URLSearchParams({ from: ifLost.site, behind: 'yes', sort: 'exposure' })}`}
    >
      {text}
    </Link>
  )
}

function Bar({ ifLost, lost }: { readonly ifLost: IfLost; readonly lost: number }) {
  const late = Math.min(ifLost.behindObjective, ifLost.recover)
  const inTime = ifLost.recover - late
  return (
    <Progress
      className="mt-4"
      label={`Images with their primary at ${ifLost.site}`}
      total={ifLost.primaries}
      shares={[
        { tone: 'ok', count: inTime, text: `${countText(inTime)} recover within their objective` },
        { tone: 'behind', count: late, text: `${countText(late)} recover, behind their objective` },
        { tone: 'bad', count: lost, text: `${countText(lost)} would be lost` },
      ]}
    />
  )
}

function Reasons({ ifLost }: { readonly ifLost: IfLost }) {
  if (ifLost.lost.length === 0) return null
  return (
    <p className="mt-3 text-sm text-faint">
      Lost:{' '}
      {ifLost.lost.map(({ reason, images }, index) => (
        <span key={reason}>
          {index > 0 && ' · '}
          <Link href={lostHref(ifLost.site, reason)} className="text-dim hover:text-ink hover:underline">
            {countText(images)} {LOST_WORDS[reason]}
          </Link>
        </span>
      ))}
    </p>
  )
}

interface NotReadYetProps {
  readonly site: SitePulse
  /** Images that are copies at another site, and have nowhere else to be primary. */
  readonly copies: number
}

function NotReadYet({ site, copies }: NotReadYetProps) {
  const { data: shell } = useQuery(shellQuery())
  if (site.state === 'ok' && mirroredPools(shell?.pools ?? [], site.name) === 'none') {
    return (
      <CardFrame site={site.name}>
        <NothingMirrored site={site.name} sites={shell?.sites.map(({ name }) => name) ?? []} />
      </CardFrame>
    )
  }
  return (
    <CardFrame site={site.name}>
      <p className="text-xl font-semibold tracking-tight text-unknown">Not read yet</p>
      <p className="mt-1 mb-4 text-dim">
        {site.error === '' ? 'The first round over this site is under way.' : site.error}
      </p>
      {copies > 0 && (
        <p className="mb-4">
          {countOf(copies, 'image')} of another site {copies === 1 ? 'is a copy and is' : 'are copies and are'} taken to
          be primary here. What this site holds beyond them was never read.
        </p>
      )}
      <UnknownBar label="not read yet" />
    </CardFrame>
  )
}

interface NotKnownProps {
  readonly site: SitePulse
  readonly ifLost: IfLost
  readonly since: number
  readonly now: number
}

/** What it said last stays in sight, veiled. The loss goes on counting: writes may go on where nobody can look. */
function NotKnown({ site, ifLost, since, now }: NotKnownProps) {
  const { worstHeldUntilAt: worst } = ifLost
  return (
    <CardFrame site={site.name}>
      <p className="text-xl font-semibold tracking-tight">
        Not known since <Moment at={since} />
      </p>
      <p className="mt-1 text-dim">
        {site.name}: {pulseOf(site, now).text}
        {'; last known below'}
      </p>
      <div className="mt-4">
        <Figures>
          <Figure label="could recover, when last read" tone="unknown">
            {countText(ifLost.recover)} of {countText(ifLost.primaries)}
          </Figure>
          <Figure label="worst loss, at most" tone="unknown">
            {worst === null ? '–' : durationText(exposureSec(worst, now))}
          </Figure>
        </Figures>
        <div className="mt-4">
          <UnknownBar label="not known" />
        </div>
      </div>
    </CardFrame>
  )
}
