'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { useNow } from '@/components/live/clock'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { StateText } from '@/components/ui/state-mark'
import { shellQuery } from '@/lib/queries/shell'
import { durationText } from '@/lib/views/duration-text'
import { pulseOf } from '@/lib/views/site-pulse'
import { useDraft } from './draft'
import type { FailoverLook, Looked, LookFailure } from './use-look'

interface LookGateProps<P> {
  readonly look: Pick<FailoverLook, 'lookingSince' | 'failure'>
  /** What was found for the choice as it is now; null where that has not been looked at. */
  readonly found: Looked<P> | null
  /** What is read, and at which sites; a failover says it by its draft. */
  readonly reads?: Reads
  readonly onLook: () => void
  readonly onBack: () => void
  readonly children: (found: Looked<P>) => ReactNode
}

export interface Reads {
  readonly sites: readonly string[]
  readonly lines: readonly string[]
}

/** Nothing behind here is shown before both sides have been looked at for this very choice. */
export function LookGate<P>({ look, found, reads, onLook, onBack, children }: LookGateProps<P>) {
  const { lookingSince, failure } = look
  const due = found === null && lookingSince === null && failure === null
  // A reload in the middle, or a choice that was changed here: what is shown must be of the choice as it is.
  useEffect(() => {
    if (due) onLook()
  }, [due, onLook])
  const failed = failure !== null && (
    <LookFailed failure={failure} kept={found === null ? 'nothing' : 'last look'} onLook={onLook} onBack={onBack} />
  )
  if (found === null) {
    if (failed) return failed
    return reads === undefined ? (
      <FailoverLooking since={lookingSince} />
    ) : (
      <Looking since={lookingSince} reads={reads} />
    )
  }
  return (
    <>
      {failed}
      {lookingSince !== null && <LookingAgain since={lookingSince} />}
      {children(found)}
    </>
  )
}

const READ = [
  'the rbd-mirror daemons of each pool, at both sites',
  'what each daemon says of each image',
  'role, mirror snapshots and journal positions of both copies',
  'the clients that hold the images open, by the sessions of the monitors',
  'the snapshot schedules, the parents and the clones',
] as const

const READ_OF_LOST = [
  'whether the lost site answers this console, and whether the other site reaches its monitors',
  'what each daemon says of each copy',
  'role, mirror snapshots and journal positions of each copy, and of the lost primary where it answers after all',
  'the parents and the clones',
] as const

function FailoverLooking({ since }: { readonly since: number | null }) {
  const { from, to, procedure } = useDraft((state) => state.draft)
  return procedure === 'forced-failover' ? (
    <Looking since={since} reads={{ sites: [from, to], lines: READ_OF_LOST }} lost={from} />
  ) : (
    <Looking since={since} reads={{ sites: [from, to], lines: READ }} />
  )
}

interface LookingProps {
  readonly since: number | null
  readonly reads: Reads
  /** A site of which no answer is expected. */
  readonly lost?: string
}

function Looking({ since, reads: { sites, lines }, lost }: LookingProps) {
  const [from = '', to = ''] = sites
  return (
    <Card title="Looking at both sides" aside={since === null ? null : <Elapsed since={since} />}>
      <div role="status" className="flex flex-col gap-3">
        <p className="text-dim">
          Read afresh at <strong className="font-medium text-ink">{from}</strong> and{' '}
          <strong className="font-medium text-ink">{to}</strong>, not from what was stored. Nothing is changed.
        </p>
        <ul className="flex flex-col gap-1 text-dim">
          {lines.map((text) => (
            <li key={text} className="flex gap-2">
              <span aria-hidden className="animate-breathe text-copying">
                ◐
              </span>
              {text}
            </li>
          ))}
        </ul>
        <p className="text-sm text-faint">
          Seconds for some images, longer for thousands. A site that does not answer ends it, within a minute, with its
          name.
        </p>
        {sites
          .filter((site) => site !== lost)
          .map((site) => (
            <Silent key={site} name={site} />
          ))}
      </div>
    </Card>
  )
}

/** Known already by the poller, so nobody has to wait for the deadline to learn it. */
function Silent({ name }: { readonly name: string }) {
  const now = useNow()
  const { data } = useQuery(shellQuery())
  const site = data?.sites.find((one) => one.name === name)
  if (site === undefined) return null
  const pulse = pulseOf(site, now)
  return pulse.tone === 'unknown' ? (
    <p>
      <StateText tone="unknown">
        {name}: {pulse.text}. This look will probably fail.
      </StateText>
    </p>
  ) : null
}

function LookingAgain({ since }: { readonly since: number }) {
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-copying">
      <span aria-hidden className="animate-breathe">
        ◐
      </span>
      Looking at both sides again, <Elapsed since={since} />. What is below is from the look before.
    </p>
  )
}

/** `since` is by this browser's clock; the tick only makes it count. */
function Elapsed({ since }: { readonly since: number }) {
  useNow()
  return <>{durationText((Date.now() - since) / 1000)}</>
}

interface LookFailedProps {
  readonly failure: LookFailure
  readonly kept: 'nothing' | 'last look'
  readonly onLook: () => void
  readonly onBack: () => void
}

const TITLES: Readonly<Record<string, string>> = {
  unreachable: 'A site does not answer, so nothing can be said',
  forbidden: 'You may not look here',
  missing: 'What was chosen is not there any more',
  invalid: 'This choice makes no sense',
  lost: 'The console did not answer',
}

const HELP: Readonly<Record<string, string>> = {
  unreachable: 'Both sites are read and changed, so both must answer. Nothing was changed.',
  missing: 'Go back and choose again; the Images page has what is known now.',
}

function LookFailed({ failure, kept, onLook, onBack }: LookFailedProps) {
  return (
    <Notice
      tone={failure.code === 'unreachable' || failure.code === 'lost' ? 'unknown' : 'bad'}
      title={TITLES[failure.code] ?? 'Both sides could not be looked at'}
      action={
        <span className="flex gap-2">
          <Button onClick={onBack}>Change the choice</Button>
          <Button kind="action" onClick={onLook}>
            Look again
          </Button>
        </span>
      }
    >
      <p className="break-words text-ink">{failure.message}</p>
      <p>
        {HELP[failure.code] ?? 'Nothing was changed.'}
        {kept === 'last look' && ' What is below is from the look before.'}
      </p>
    </Notice>
  )
}
