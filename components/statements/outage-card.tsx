'use client'

import { useNow } from '@/components/live/clock'
import { buttonStyle } from '@/components/ui/button-style'
import { Link } from '@/components/ui/link'
import { StateText } from '@/components/ui/state-mark'
import { closeOutageAction, withdrawAcknowledgementAction } from '@/lib/actions/statements'
import { plainTime } from '@/lib/views/plain-time'
import type { OutageView } from '@/lib/views/statements'
import { outageLength, outageProgressText } from '@/lib/views/suspension-words'
import { OpenButton } from './open-button'
import { RestList } from './rest-list'
import { RoomTable } from './room-table'
import { ReasonForm } from './word-forms'

interface OutageCardProps {
  readonly one: OutageView
  readonly refusal: string | null
}

/** One acknowledged outage: since when, why it is waited for, and what was proven since the return. */
export function OutageCard({ one, refusal }: OutageCardProps) {
  const now = useNow()
  const { progress, returnedAt, closed, site } = one
  const length = outageLength(one, now)
  const waiting =
    progress === null ? 0 : progress.images - progress.goneOn - progress.nothingNew - progress.moved - progress.gone
  return (
    <article aria-label={`Outage of ${site}`} className="flex flex-col gap-2 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
        <h3 className="font-medium">{site}</h3>
        {closed !== null ? (
          <StateText tone="none">over</StateText>
        ) : returnedAt === null ? (
          <StateText tone="unknown">silent{length !== null && ` for ${length}`}, acknowledged</StateText>
        ) : (
          <StateText tone="behind">back, being proven</StateText>
        )}
      </div>
      <p>
        Acknowledged by {one.by} at {plainTime(one.acknowledgedAt, now)}: not failed over, because {one.reason}
        {one.expectedAt !== null && `; expected back at ${plainTime(one.expectedAt, now)}`}
      </p>
      <p className="text-sm text-faint">
        {one.lastHeardAt === null
          ? 'It was never heard before'
          : `Last heard before at ${plainTime(one.lastHeardAt, now)}`}
        {returnedAt !== null && `; back at ${plainTime(returnedAt, now)}, after ${length ?? 'an unknown time'}`}
      </p>
      <p className="text-dim">{outageProgressText(one)}</p>
      {closed === null && progress !== null && <RoomTable room={progress.room} />}
      {progress !== null && returnedAt !== null && (
        <RestList rest={progress.rest} more={waiting - progress.rest.length} />
      )}
      {closed !== null && (
        <p className="text-sm text-faint">
          Closed by {closed.by} at {plainTime(closed.at, now)}: {closed.reason}
        </p>
      )}
      {closed === null && (
        <div className="flex flex-wrap gap-2">
          {returnedAt === null ? (
            <>
              <OpenButton text="Withdraw" title={`Withdraw the acknowledgement: ${site}`} refusal={refusal}>
                {(close) => (
                  <ReasonForm
                    go="Withdraw it"
                    says="The outage stands there like every other one, and nobody is said to wait for it."
                    need="reason"
                    act={(reason) => withdrawAcknowledgementAction({ id: one.id, reason })}
                    onClose={close}
                  />
                )}
              </OpenButton>
              <Link href={`/recover/forced?from=${encodeURIComponent(site)}`} className={buttonStyle('quiet', 'small')}>
                Fail over all the same
              </Link>
            </>
          ) : (
            <OpenButton text="Let the rest be" title={`Close: ${site}`} refusal={refusal}>
              {(close) => (
                <ReasonForm
                  go="Close it"
                  says="What is not proven to have gone on is somebody's matter from now on. The record keeps what was proven and what was not."
                  need="reason"
                  act={(reason) => closeOutageAction({ id: one.id, reason })}
                  onClose={close}
                />
              )}
            </OpenButton>
          )}
        </div>
      )}
    </article>
  )
}
