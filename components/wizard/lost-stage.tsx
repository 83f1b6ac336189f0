'use client'

import { useNow } from '@/components/live/clock'
import { Button } from '@/components/ui/button'
import { Card, Panel } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Figure, Figures } from '@/components/ui/figure'
import type { Procedure } from '@/lib/domain/plan'
import { isSingleVerb } from '@/lib/domain/single-verb'
import { countOf, countText } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec, lateness } from '@/lib/views/exposure'
import type { FailoverPreview } from '@/lib/views/recover'
import { ForcedHeadline, ForcedLedger } from './forced-loss'
import { KeptHeadline, KeptLedger, ResyncHeadline } from './kept-ledger'
import { AsideFigure, ShareFigure } from './ledger-figures'
import { LedgerTable } from './ledger-table'
import { SetAside } from './set-aside'
import { SingleHeadline } from './single-headline'
import { StageFrame, type StageProps } from './stage-frame'

export function LostStage({ found, onLookAgain, go }: StageProps) {
  const { preview } = found
  const { ledger, from } = preview
  return (
    <StageFrame
      found={found}
      onLookAgain={onLookAgain}
      onBack={() => go('found')}
      next={(refusal) => (
        <Button kind="action" refusal={refusal} onClick={() => go('plan')}>
          What will run
        </Button>
      )}
    >
      <HeadlineOf preview={preview} />
      <Card
        title="Ledger"
        aside={`worst first · frozen into the run when it starts · ${countOf(ledger.rows.length, 'row')}`}
      >
        {ledger.rows.length === 0 ? (
          <Empty title="No image would move">Each that was chosen is set aside, with its reason below.</Empty>
        ) : (
          <LedgerOf preview={preview} />
        )}
      </Card>
      <Card
        title="Set aside"
        aside={
          ledger.setAside.length === 0
            ? 'none'
            : `${countOf(ledger.setAside.length, 'image')}: not touched by this run, at neither site`
        }
      >
        {ledger.setAside.length === 0 ? (
          <p className="text-dim">Every image that was chosen goes along.</p>
        ) : (
          <SetAside rows={ledger.setAside} from={from} />
        )}
      </Card>
    </StageFrame>
  )
}

function HeadlineOf({ preview }: { readonly preview: FailoverPreview }) {
  if (preview.procedure === 'forced-failover') return <ForcedHeadline preview={preview} />
  if (preview.procedure === 'reprotect') return <KeptHeadline preview={preview} />
  if (isSingleVerb(preview.procedure)) return <SingleHeadline preview={preview} verb={preview.procedure} />
  if (preview.procedure === 'resync') return <ResyncHeadline preview={preview} />
  return <Headline preview={preview} />
}

function LedgerOf({ preview: { procedure, ledger, to } }: { readonly preview: FailoverPreview }) {
  if (procedure === 'forced-failover') return <ForcedLedger ledger={ledger} to={to} />
  const copies: readonly Procedure[] = ['reprotect', 'resync', 'disable']
  if (copies.includes(procedure)) return <KeptLedger ledger={ledger} />
  return <LedgerTable rows={ledger.rows} to={to} />
}

function Headline({ preview }: { readonly preview: FailoverPreview }) {
  const { ledger, from, to } = preview
  const now = useNow()
  const { rows } = ledger
  const torn = preview.findings.find(({ consent }) => consent === 'torn-clones')
  // Worst first, and what is not known is worse than any figure.
  const unknown = rows.filter(({ heldUntilAt }) => heldUntilAt === null).length
  const known = rows.slice(unknown)
  const [worst] = known
  const median = known[Math.floor(known.length / 2)]
  const late = worst !== undefined && lateness(worst.heldUntilAt, worst.objectiveSec, now) === 'late'
  return (
    <Panel className="flex flex-col gap-4">
      <p className="max-w-5xl text-lg">
        <strong className="font-semibold">If the run goes through, nothing is lost:</strong> an image is promoted at{' '}
        {to} only after its copy is proven to hold everything that {from} acknowledged. What follows would be lost if{' '}
        {from} died before that.
      </p>
      {torn !== undefined && (
        <p className="max-w-5xl text-behind">
          <strong className="font-semibold">{torn.title}.</strong> No proof of the run speaks of that: {torn.evidence}.
        </p>
      )}
      <Figures>
        <ShareFigure preview={preview} label={`can be promoted at ${to}`} />
        <Figure size="large" label="worst, if it died now" tone={late ? 'behind' : 'none'}>
          {worst?.heldUntilAt == null ? '–' : durationText(exposureSec(worst.heldUntilAt, now))}
        </Figure>
        <Figure size="large" label="median">
          {median?.heldUntilAt == null ? '–' : durationText(exposureSec(median.heldUntilAt, now))}
        </Figure>
        {unknown > 0 && (
          <Figure size="large" label="not known how much" tone="unknown">
            {countText(unknown)}
          </Figure>
        )}
        <AsideFigure preview={preview} />
      </Figures>
    </Panel>
  )
}
