'use client'

import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Card } from '@/components/ui/card'
import { CopyId } from '@/components/ui/copy-id'
import { Fact, Facts } from '@/components/ui/facts'
import { Progress } from '@/components/ui/progress'
import { StateText } from '@/components/ui/state-mark'
import { countOf } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { RunDetail } from '@/lib/views/runs'
import { Elapsed } from './elapsed'

/** The run against its objective, and the data. */
export function ClockCard({ detail }: { readonly detail: RunDetail }) {
  const { run, standing } = detail
  const now = useNow()
  const spentSec = run.startedAt === null ? 0 : ((run.endedAt ?? now) - run.startedAt) / 1000
  const late = spentSec > run.rtoSec
  const demote = detail.steps.find(({ name }) => name === 'demote')?.startedAt ?? null
  const promote = detail.steps.find(({ name }) => name === 'promote')?.endedAt ?? null
  return (
    <Card title="Clock">
      <Facts>
        <Fact label={run.endedAt === null ? 'Since the start' : 'Took'}>
          {run.startedAt === null ? 'not started yet' : <Elapsed from={run.startedAt} until={run.endedAt} />}
        </Fact>
        <Fact label="Objective (RTO)">{durationText(run.rtoSec)}</Fact>
      </Facts>
      <Progress
        label="Time spent of the objective"
        total={Math.max(run.rtoSec, spentSec)}
        className="my-2.5"
        shares={[
          {
            tone: late ? 'behind' : 'ok',
            count: spentSec,
            text: `${durationText(spentSec)} of ${durationText(run.rtoSec)}`,
          },
        ]}
      />
      {late && (
        <p className="mb-2 text-sm">
          <StateText tone="behind">{durationText(spentSec - run.rtoSec)} over the objective</StateText>
        </p>
      )}
      <Facts>
        {demote !== null && (
          <Fact label={promote === null ? 'Not writable since' : 'Not writable for'}>
            {promote === null ? <Moment at={demote} /> : <Elapsed from={demote} until={promote} />}
          </Fact>
        )}
        <Fact label="Data lost at promotion">
          {standing.promoted > 0 ? <StateText tone="ok">0, by proof</StateText> : 'none yet'}
        </Fact>
        <AtStart ledger={detail.ledger} />
      </Facts>
      <Standing detail={detail} />
      <div className="mt-3 border-t border-line pt-3 text-sm">
        <Facts>
          <Fact label="Run">
            <CopyId id={run.id} keep={22} />
          </Fact>
          <Fact label="Approved by">{run.actor}</Fact>
          <Fact label="Plan">
            <CopyId id={run.planHash} keep={17} />
          </Fact>
          {run.endedAt === null && <Fact label="Carried by">{run.heldBy ?? 'nobody'}</Fact>}
        </Facts>
      </div>
    </Card>
  )
}

/** What would have been lost had the old primary died when the run was approved: frozen, and never counted on. */
function AtStart({ ledger: { at, worst } }: { readonly ledger: RunDetail['ledger'] }) {
  const [first] = worst
  return (
    <Fact label="At risk when approved">
      {first === undefined ? (
        '–'
      ) : first.heldUntilAt === null ? (
        <StateText tone="unknown">not known</StateText>
      ) : (
        <span title={`${first.name}: ${first.grade}, ${first.text}`}>
          {durationText(exposureSec(first.heldUntilAt, at))} at worst
        </span>
      )}
    </Fact>
  )
}

function Standing({ detail: { run, standing } }: { readonly detail: RunDetail }) {
  const lines = [
    ...(standing.promoted > 0 ? [`${countOf(standing.promoted, 'image')} primary at ${run.to}`] : []),
    ...(standing.demoted > 0
      ? [`${countOf(standing.demoted, 'image')} demoted, not promoted yet: nobody can write`]
      : []),
    ...(standing.stranded > 0 ? [`${countOf(standing.stranded, 'image')} primary nowhere, and not promoted back`] : []),
    ...(standing.untouched > 0 ? [`${countOf(standing.untouched, 'image')} not demoted: primary at ${run.from}`] : []),
  ]
  return (
    <ul
      aria-label="Where the images are"
      className="mt-3 flex flex-col gap-1 border-t border-line pt-3 text-sm text-dim"
    >
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
