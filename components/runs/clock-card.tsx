'use client'

import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Card } from '@/components/ui/card'
import { CopyId } from '@/components/ui/copy-id'
import { Fact, Facts } from '@/components/ui/facts'
import { Progress } from '@/components/ui/progress'
import { StateText } from '@/components/ui/state-mark'
import { lossOf } from '@/lib/domain/loss'
import { TRAITS } from '@/lib/domain/procedure-traits'
import { isSingleVerb } from '@/lib/domain/single-verb'
import { takenDownBy } from '@/lib/domain/taken-down'
import { countOf } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { RunDetail } from '@/lib/views/runs'
import { DID } from './did'
import { Elapsed } from './elapsed'

const isPlanned = ({ procedure }: RunDetail['run']): boolean => TRAITS[procedure].service === 'move'

/** The run against its objective, and the data. */
export function ClockCard({ detail }: { readonly detail: RunDetail }) {
  const { run } = detail
  const now = useNow()
  const spentSec = run.startedAt === null ? 0 : ((run.endedAt ?? now) - run.startedAt) / 1000
  const hasObjective = run.procedure !== 'set-up' && run.procedure !== 'take-down'
  const late = hasObjective && spentSec > run.rtoSec
  const demote = detail.steps.find(({ name }) => name === 'demote')?.startedAt ?? null
  const promote = detail.steps.find(({ name }) => name === TRAITS[run.procedure].pivot)?.endedAt ?? null
  return (
    <Card title="Clock">
      <Facts>
        <Fact label={run.endedAt === null ? 'Since the start' : 'Took'}>
          {run.startedAt === null ? 'not started yet' : <Elapsed from={run.startedAt} until={run.endedAt} />}
        </Fact>
        {hasObjective && <Fact label="Objective (RTO)">{durationText(run.rtoSec)}</Fact>}
      </Facts>
      {hasObjective && <Spent spentSec={spentSec} rtoSec={run.rtoSec} />}
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
        <Lost detail={detail} />
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

function Spent({ spentSec, rtoSec }: { readonly spentSec: number; readonly rtoSec: number }) {
  return (
    <Progress
      label="Time spent of the objective"
      total={Math.max(rtoSec, spentSec)}
      className="my-2.5"
      shares={[
        {
          tone: spentSec > rtoSec ? 'behind' : 'ok',
          count: spentSec,
          text: `${durationText(spentSec)} of ${durationText(rtoSec)}`,
        },
      ]}
    />
  )
}

/** Planned: nothing, by proof. By force: at most what lies between what was held and the end of the old primary's writes. */
function Lost({ detail: { run, steps, standing, ledger } }: { readonly detail: RunDetail }) {
  const now = useNow()
  if (run.procedure === 'set-up') return null
  if (run.procedure === 'disable' || (run.procedure === 'take-down' && takenDownBy(steps) === 'images'))
    return <Fact label="Deleted">copies at {run.to} alone</Fact>
  if (run.procedure === 'reprotect' || run.procedure === 'take-down') return <Fact label="Deleted">nothing</Fact>
  if (isSingleVerb(run.procedure)) return <Fact label="Data lost">none: no step uses force</Fact>
  if (run.procedure === 'resync') return <Fact label="Deleted">copies whose primary holds all of them</Fact>
  if (isPlanned(run)) {
    return (
      <>
        <Fact label="Data lost at promotion">
          {standing.promoted > 0 ? <StateText tone="ok">0, by proof</StateText> : 'none yet'}
        </Fact>
        <AtStart ledger={ledger} />
      </>
    )
  }
  const { outage } = ledger
  const worst = ledger.worst.find(({ heldUntilAt }) => heldUntilAt !== null)
  const unbounded = ledger.worst.some(({ heldUntilAt }) => heldUntilAt === null)
  const loss = worst === undefined || outage === undefined ? null : lossOf(worst.heldUntilAt, outage, now)
  return (
    <Fact label="Lost at most, worst image">
      {unbounded || loss?.atMostSec == null ? (
        <StateText tone="unknown">no bound is known</StateText>
      ) : (
        <StateText tone="behind">{durationText(loss.atMostSec)}</StateText>
      )}
    </Fact>
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
  const lines = isPlanned(run) ? plannedLines(run, standing) : otherLines(run, standing)
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

function otherLines(run: RunDetail['run'], { promoted, untouched }: RunDetail['standing']): readonly string[] {
  const did = DID[run.procedure](run.from, run.to)
  return [
    ...(promoted > 0 ? [`${countOf(promoted, 'image')} ${did}`] : []),
    ...(untouched > 0 ? [`${countOf(untouched, 'image')} not yet`] : []),
  ]
}

function plannedLines(run: RunDetail['run'], standing: RunDetail['standing']): readonly string[] {
  return [
    ...(standing.promoted > 0 ? [`${countOf(standing.promoted, 'image')} primary at ${run.to}`] : []),
    ...(standing.demoted > 0
      ? [`${countOf(standing.demoted, 'image')} demoted, not promoted yet: nobody can write`]
      : []),
    ...(standing.stranded > 0 ? [`${countOf(standing.stranded, 'image')} primary nowhere, and not promoted back`] : []),
    ...(standing.untouched > 0 ? [`${countOf(standing.untouched, 'image')} not demoted: primary at ${run.from}`] : []),
  ]
}
