'use client'

import { useQuery } from '@tanstack/react-query'
import { useNow } from '@/components/live/clock'
import { buttonStyle } from '@/components/ui/button-style'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { holdingFor, phaseOf } from '@/lib/domain/suspension'
import { shellQuery } from '@/lib/queries/shell'
import { noteText } from '@/lib/views/note-text'
import { plainTime } from '@/lib/views/plain-time'
import type { Stated } from '@/lib/views/stated'
import { placeText } from '@/lib/views/suspension-words'

const open = (
  <Link href="/recover/suspensions" className={buttonStyle('quiet', 'small')}>
    Open
  </Link>
)

/** What is stated of these sites; of all where none is named. */
export function StatedOfSites({ site }: { readonly site?: string }) {
  const { data } = useQuery(shellQuery())
  const now = useNow()
  if (data === undefined) return null
  const { suspensions, outages } = data.stated
  const mine = suspensions.filter(({ pair }) => site === undefined || pair.split('~').includes(site))
  return (
    <>
      {outages
        .filter((one) => site === undefined || one.site === site)
        .map((one) => (
          <OutageNotice key={one.id} one={one} now={now} />
        ))}
      {mine.map((one) => (
        <SuspensionNotice key={one.id} one={one} now={now} />
      ))}
    </>
  )
}

/** The way to say that a silent site is waited for; nothing where somebody has. */
export function WaitForIt({ site }: { readonly site: string }) {
  const { data } = useQuery(shellQuery())
  if (data === undefined || data.stated.outages.some((one) => one.site === site)) return null
  return (
    <Link
      href={`/recover/suspensions?acknowledge=${encodeURIComponent(site)}`}
      className={buttonStyle('quiet', 'small')}
    >
      Acknowledge the outage
    </Link>
  )
}

interface StatedOfImageProps {
  readonly pair: string
  readonly pool: string
  readonly primarySite: string | null
}

/** The suspension that explains an image's age, where one holds. */
export function StatedOfImage({ pair, pool, primarySite }: StatedOfImageProps) {
  const { data } = useQuery(shellQuery())
  const now = useNow()
  if (data === undefined || primarySite === null) return null
  const held = holdingFor(data.stated.suspensions, { pair, pool, from: primarySite }, now)
  const one = data.stated.suspensions.find(({ id }) => id === held?.id)
  return one === undefined ? null : <SuspensionNotice one={one} now={now} />
}

function SuspensionNotice({ one, now }: { readonly one: Stated['suspensions'][number]; readonly now: number }) {
  const phase = phaseOf(one, now)
  const where = placeText(one)
  const said = `by ${one.by}: ${one.reason}`
  if (phase === 'overdue' || phase === 'ended') {
    const title = phase === 'overdue' ? `The suspension is overdue: ${where}` : `The suspension was ended: ${where}`
    return (
      <Notice tone={phase === 'overdue' ? 'bad' : 'behind'} title={title} action={open}>
        Not all is proven to have caught up. Stated {said}
      </Notice>
    )
  }
  const title =
    phase === 'planned'
      ? `Replication will be suspended from ${plainTime(one.startsAt, now)} to ${plainTime(one.endsAt, now)}: ${where}`
      : `Replication is suspended until ${plainTime(one.endsAt, now)}: ${where}`
  return (
    <Notice tone="suspended" title={title} action={open}>
      {said.charAt(0).toUpperCase() + said.slice(1)}. {phase === 'holding' && 'What would be lost counts on.'}
    </Notice>
  )
}

function OutageNotice({ one, now }: { readonly one: Stated['outages'][number]; readonly now: number }) {
  if (one.returnedAt !== null) {
    return (
      <Notice tone="behind" title={`${one.site} is back since ${plainTime(one.returnedAt, now)}`} action={open}>
        It is being looked at whether replication has gone on for every image.
      </Notice>
    )
  }
  const said = noteText({ ...one, kind: 'acknowledged', at: one.acknowledgedAt }, now)
  return (
    <Notice tone="unknown" title={`${one.site} is waited for`} action={open}>
      {said.charAt(0).toUpperCase() + said.slice(1)}. The clock and what would be lost run on.
    </Notice>
  )
}
