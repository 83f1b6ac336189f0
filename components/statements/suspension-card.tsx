'use client'

import { useNow } from '@/components/live/clock'
import { StateText } from '@/components/ui/state-mark'
import { closeSuspensionAction, endSuspensionAction } from '@/lib/actions/statements'
import { plainTime } from '@/lib/views/plain-time'
import type { SuspensionView } from '@/lib/views/statements'
import { PHASE_TONES, PHASE_WORDS, phaseNow, placeText, suspensionProgressText } from '@/lib/views/suspension-words'
import { OpenButton } from './open-button'
import { RestList } from './rest-list'
import { RoomTable } from './room-table'
import { ExtendForm, ReasonForm } from './word-forms'

interface SuspensionCardProps {
  readonly one: SuspensionView
  /** Why the one who looks may not change it. */
  readonly refusal: string | null
}

/** One suspension: where, until when, by whom and why, and what has become of it. */
export function SuspensionCard({ one, refusal }: SuspensionCardProps) {
  const now = useNow()
  const phase = phaseNow(one, now)
  const { progress } = one
  return (
    <article aria-label={placeText(one)} className="flex flex-col gap-2 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
        <h3 className="font-medium">{placeText(one)}</h3>
        <StateText tone={PHASE_TONES[phase]}>{PHASE_WORDS[phase]}</StateText>
      </div>
      <p>
        {plainTime(one.startsAt, now)} to {plainTime(one.endsAt, now)}, by {one.by}: {one.reason}
      </p>
      {one.extensions.map(({ at, by, to, reason }) => (
        <p key={at} className="text-sm text-faint">
          Extended by {by} at {plainTime(at, now)} to {plainTime(to, now)}: {reason}
        </p>
      ))}
      {one.ended !== null && (
        <p className="text-sm text-faint">
          Ended by {one.ended.by} at {plainTime(one.ended.at, now)}
          {one.ended.reason !== '' && `: ${one.ended.reason}`}
        </p>
      )}
      <p className="text-dim">{suspensionProgressText(one, now)}</p>
      {one.closed === null && progress !== null && <RoomTable room={progress.room} />}
      {progress !== null && (
        <RestList rest={progress.rest} more={progress.images - progress.caughtUp - progress.rest.length} />
      )}
      {one.closed !== null && (
        <p className="text-sm text-faint">
          Closed by {one.closed.by} at {plainTime(one.closed.at, now)}: {one.closed.reason}
        </p>
      )}
      {one.closed === null && (
        <div className="flex flex-wrap gap-2">
          {phase !== 'ended' && (
            <OpenButton text="Extend" title={`Extend: ${placeText(one)}`} refusal={refusal}>
              {(close) => <ExtendForm one={one} onClose={close} />}
            </OpenButton>
          )}
          {(phase === 'holding' || phase === 'planned') && (
            <OpenButton
              text={phase === 'holding' ? 'End now' : 'Take back'}
              title={`${phase === 'holding' ? 'End' : 'Take back'}: ${placeText(one)}`}
              refusal={refusal}
            >
              {(close) => (
                <ReasonForm
                  go={phase === 'holding' ? 'End it' : 'Take it back'}
                  says={
                    phase === 'holding'
                      ? 'Lag alarms again at once. It is told which images have caught up, until all have.'
                      : 'It has not begun, and will not.'
                  }
                  need="nothing"
                  act={(reason) => endSuspensionAction({ id: one.id, reason })}
                  onClose={close}
                />
              )}
            </OpenButton>
          )}
          {(phase === 'ended' || phase === 'overdue') && (
            <OpenButton text="Let the rest be" title={`Close: ${placeText(one)}`} refusal={refusal}>
              {(close) => (
                <ReasonForm
                  go="Close it"
                  says="What has not caught up is somebody's matter from now on. Its lag is told as ever; the record keeps what was proven and what was not."
                  need="reason"
                  act={(reason) => closeSuspensionAction({ id: one.id, reason })}
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
