'use client'

import { useEffect, useState } from 'react'
import { useNow } from '@/components/live/clock'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import type { Tone } from '@/components/ui/state-mark'
import type { Procedure } from '@/lib/domain/plan'
import { isEnded, type RunState } from '@/lib/domain/run-states'
import { TAKEN_DOWN, takenDownBy } from '@/lib/domain/taken-down'
import { countOf } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import type { RunDetail } from '@/lib/views/runs'
import type { Commanding } from './use-command'

interface RunNoticesProps {
  readonly detail: RunDetail
  readonly command: Commanding
  readonly onSetAside: (members: readonly number[]) => void
}

/** What must not be missed: how it ended, that nobody carries it on, that somebody has to decide. */
export function RunNotices({ detail, command, onSetAside }: RunNoticesProps) {
  const { run } = detail
  if (isEnded(run.state)) return <Ended detail={detail} />
  return (
    <>
      {command.failure !== null && (
        <Notice tone="bad" title="The command was not taken">
          {command.failure}
        </Notice>
      )}
      <Unheld detail={detail} />
      {run.wish === 'stop' && (
        <Notice tone="behind" title="The run is being stopped">
          {run.reason}
        </Notice>
      )}
      {run.wish === 'pause' && run.state !== 'paused' && (
        <Notice tone="behind" title="The run is being paused">
          What is under way is finished and looked at; nothing new is started.
        </Notice>
      )}
      {run.wish === 'go' &&
        run.state === 'waiting' &&
        detail.undecided.length === 0 &&
        detail.questions.length === 0 && (
          <Notice tone="behind" title="The run waits, and goes on by itself">
            <span className="break-words">{run.reason}</span>
          </Notice>
        )}
      {run.wish !== 'stop' && detail.undecided.length > 0 && (
        <Undecided detail={detail} command={command} onSetAside={onSetAside} />
      )}
    </>
  )
}

function Undecided({ detail, command, onSetAside }: RunNoticesProps) {
  const { undecided, run } = detail
  const many = undecided.length
  return (
    <Notice
      tone="bad"
      title={`${countOf(many, 'member')} ${many === 1 ? 'has' : 'have'} stopped and ${many === 1 ? 'waits' : 'wait'} for you: retry, or set aside`}
      action={
        <span className="flex gap-2">
          <Button
            refusal={command.sending === null ? null : 'On its way'}
            onClick={() => void command.send({ kind: 'retry', members: [...undecided] })}
          >
            {many === 1 ? 'Retry it' : `Retry all ${many}`}
          </Button>
          <Button onClick={() => onSetAside(undecided)}>{many === 1 ? 'Set it aside' : `Set all ${many} aside`}</Button>
        </span>
      }
    >
      <p>Each has its reason below. The others go on meanwhile, as far as they can.</p>
      {run.state === 'waiting' && <p className="break-words">Now: {run.reason}</p>}
    </Notice>
  )
}

/** A worker takes a run up within a second; so long without one means that there is none. */
const SOON_MS = 10_000

/** Counted from when this page first saw it, or from the start: a worker that was restarted just now is no alarm. */
function Unheld({ detail: { run, now: readAt } }: { readonly detail: RunDetail }) {
  const now = useNow()
  const [since, setSince] = useState<number | null>(null)
  const { heldBy, state, createdAt } = run
  useEffect(() => {
    setSince((known) => (heldBy === null ? (known ?? (state === 'queued' ? createdAt : readAt)) : null))
  }, [heldBy, state, createdAt, readAt])
  if (since === null || now - since < SOON_MS) return null
  return (
    <Notice tone="unknown" title={`No worker carries this run, for ${durationText((now - since) / 1000)} at least`}>
      Nothing moves until one does. Is <code>npm start</code> still running? What was done is written down; a worker
      that starts takes it up from there and looks before it acts. By hand: the runbook has what is left.
    </Notice>
  )
}

function succeeded(procedure: Procedure, steps: RunDetail['steps']): { readonly tone: Tone; readonly title: string } {
  if (procedure !== 'take-down') return SUCCEEDED[procedure]
  const what = takenDownBy(steps)
  // What follows nothing any more is done as asked, and is less protected than before.
  return { tone: what === 'peers' || what === 'schedules' ? 'behind' : 'ok', title: TAKEN_DOWN[what].done }
}

const SUCCEEDED: Readonly<Record<Exclude<Procedure, 'take-down'>, { readonly tone: Tone; readonly title: string }>> = {
  'planned-failover': { tone: 'ok', title: 'Done: every image is primary at the other site, by proof' },
  'forced-failover': { tone: 'behind', title: 'Done: every image is primary at the other site, and none is protected' },
  reprotect: { tone: 'ok', title: 'Done: a new copy of every image follows, and what lost is kept' },
  promote: { tone: 'ok', title: 'Done: every image is primary at the site that was chosen, by proof' },
  demote: {
    tone: 'behind',
    title: 'Done: every image is demoted, and nobody can write to it until one side is promoted',
  },
  snapshot: { tone: 'ok', title: 'Done: a new mirror snapshot of every image is complete at the copy' },
  disable: { tone: 'behind', title: 'Done: the images are kept, their copies are gone, and nothing protects them' },
  flatten: { tone: 'ok', title: 'Done: no image has a parent any more, at either site' },
  'set-up': { tone: 'ok', title: 'Done: what was chosen is mirrored, each part of it seen at work' },
  resync: { tone: 'ok', title: 'Done: every copy was made anew, and follows' },
  'cinder-forced': {
    tone: 'behind',
    title: 'Done: the backend serves from the other site, and none of its volumes is protected',
  },
  'cinder-failover': {
    tone: 'ok',
    title: 'Done: the backend serves from the other site, with its volumes and servers, by proof',
  },
}

const ENDS: Partial<Record<RunState, { readonly tone: Tone; readonly title: string }>> = {
  incomplete: { tone: 'behind', title: 'Ended, but not all of it was done' },
  failed: { tone: 'bad', title: 'Ended before the step that matters, for every image: what earlier steps did stays' },
  cancelled: { tone: 'behind', title: 'Stopped by an operator' },
}

function Ended({ detail: { run, steps, standing } }: { readonly detail: RunDetail }) {
  const end = run.state === 'succeeded' ? succeeded(run.procedure, steps) : ENDS[run.state]
  if (end === undefined) return null
  // A demotion whose proof was not reached is no ground to promote at either side.
  const unproven = run.procedure === 'demote' && run.state !== 'succeeded' ? standing.promoted : 0
  const nowhere = standing.demoted + standing.stranded + unproven
  return (
    <>
      <Notice tone={end.tone} title={end.title}>
        <span className="break-words">{run.reason}</span>
        {run.procedure === 'demote' && run.state === 'succeeded' && (
          <span className="block">
            They are promoted{' '}
            <Link
              href={`/recover/promote?${new URLSearchParams({ from: run.from, to: run.to })}`}
              className="text-ink underline underline-offset-3"
            >
              at {run.to}
            </Link>{' '}
            or{' '}
            <Link
              href={`/recover/promote?${new URLSearchParams({ from: run.to, to: run.from })}`}
              className="text-ink underline underline-offset-3"
            >
              at {run.from} again
            </Link>
            , both without loss.
          </span>
        )}
        {run.procedure === 'forced-failover' && standing.promoted > 0 && (
          <span className="block">
            When {run.from} is back it is a primary as well. Keep it fenced, then{' '}
            <Link
              href={`/recover/reprotect?${new URLSearchParams({ from: run.to, to: run.from })}`}
              className="text-ink underline underline-offset-3"
            >
              protect the images again
            </Link>
            : nothing of what it has is deleted.
          </span>
        )}
      </Notice>
      {nowhere > 0 && (
        <Notice tone="bad" title={`${countOf(nowhere, 'image')} demoted by this run and primary nowhere`}>
          Nobody can write to them. Look at both copies on the Images page; where the newest state is their own
          demotion,
          <code> rbd mirror image promote</code> at {run.from} takes it back without force.
        </Notice>
      )}
    </>
  )
}
