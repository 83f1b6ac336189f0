import { Progress } from '@/components/ui/progress'
import { StateMark, StateText } from '@/components/ui/state-mark'
import { durationShort, durationText } from '@/lib/views/duration-text'
import type { RunRow } from '@/lib/views/runs'
import { shortMomentText } from '@/lib/views/time-text'
import { runWords } from '../runs/run-words'
import { WallColumn, WallNothing } from './wall-column'

const SHOWN = 2

interface WallRunsProps {
  readonly runs: readonly RunRow[]
  readonly lastRun: RunRow | null
  readonly rtoSec: number
  readonly now: number
}

/** What is being recovered, against its clock. */
export function WallRuns({ runs, lastRun, rtoSec, now }: WallRunsProps) {
  const rest = runs.length - SHOWN
  return (
    <WallColumn title={runs.length === 0 ? 'Runs' : 'Running now'} more={rest > 0 ? `and ${rest} more` : ''}>
      {runs.length === 0 && (
        <WallNothing>
          <span className="block font-semibold text-ink">No run in progress</span>
          {lastRun === null ? 'None has been made yet' : <Last run={lastRun} now={now} />}
        </WallNothing>
      )}
      <ul className="flex flex-col gap-4">
        {runs.slice(0, SHOWN).map((run) => (
          <li key={run.id}>
            <Live run={run} rtoSec={rtoSec} now={now} />
          </li>
        ))}
      </ul>
    </WallColumn>
  )
}

function Live({ run, rtoSec, now }: { readonly run: RunRow; readonly rtoSec: number; readonly now: number }) {
  const { tone, text } = runWords(run.state, run.wish)
  const spentSec = run.startedAt === null ? null : (now - run.startedAt) / 1000
  const late = spentSec !== null && spentSec > rtoSec
  return (
    <div className="flex flex-col gap-1.5 text-[1.5rem] leading-tight text-dim">
      <p className="line-clamp-2 text-[1.75rem] leading-tight font-semibold text-ink">
        <StateMark tone={tone} className="mr-1.5" />
        {run.title}
      </p>
      <p className="line-clamp-2">
        {text}
        {run.stepIdx !== null && `, step ${run.stepIdx + 1} of ${run.steps}: ${run.stepTitle}`}
      </p>
      <Progress
        label="Images of the run"
        className="h-2.5"
        total={run.images}
        shares={[
          { tone: 'ok', count: run.done, text: `${run.done} done` },
          { tone: 'bad', count: run.stopped, text: `${run.stopped} stopped` },
        ]}
      />
      <p className="flex justify-between gap-4">
        <span>
          {run.done} of {run.images} done
          {run.stopped > 0 && <span className="text-bad"> · ✕ {run.stopped} stopped</span>}
        </span>
        {spentSec === null ? (
          <span>not started yet</span>
        ) : late ? (
          <StateText tone="behind">
            {durationShort(spentSec)} of {durationText(rtoSec)}
          </StateText>
        ) : (
          <span>
            <span className="font-semibold text-ink">{durationShort(spentSec)}</span> of {durationText(rtoSec)}
          </span>
        )}
      </p>
    </div>
  )
}

function Last({ run, now }: { readonly run: RunRow; readonly now: number }) {
  const { text } = runWords(run.state, run.wish)
  const took =
    run.startedAt === null || run.endedAt === null ? '' : `, ${durationShort((run.endedAt - run.startedAt) / 1000)}`
  return (
    <>
      last: {run.title}, {text}
      {took}
      {run.endedAt !== null && `, ${shortMomentText(run.endedAt, now)}`}
    </>
  )
}
