'use client'

import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { TallTable } from '@/components/table/tall-table'
import { Panel } from '@/components/ui/card'
import { Figure, Figures } from '@/components/ui/figure'
import { lossOf } from '@/lib/domain/loss'
import { countText } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import type { FailoverPreview } from '@/lib/views/recover'
import { EvidenceCell, HeldCell, ImageCell, type LedgerRow } from './ledger-cells'
import { AsideFigure, type LossSeen, ShareFigure } from './ledger-figures'

type Ledger = FailoverPreview['ledger']
type Outage = NonNullable<Ledger['outage']>

/** What a promotion by force loses: a span for each image, whose far end is the claim. */
export function ForcedHeadline({ preview }: { readonly preview: LossSeen }) {
  const now = useNow()
  const { ledger, from, to } = preview
  const outage = ledger.outage ?? NO_OUTAGE
  const known = ledger.rows.filter(({ heldUntilAt }) => heldUntilAt !== null)
  const worst = known[0] === undefined ? null : lossOf(known[0].heldUntilAt, outage, now)
  const unknown = ledger.rows.length - known.length
  return (
    <Panel className="flex flex-col gap-4">
      <p className="max-w-5xl text-lg">
        <strong className="font-semibold">What {to} does not hold is lost.</strong>{' '}
        {outage.lastHeardAt === null ? (
          <>This console never heard {from}</>
        ) : (
          <>
            {from} was last heard at <Moment at={outage.lastHeardAt} />
          </>
        )}
        {outage.endAt === null ? (
          <>; nothing proves that no client of it writes on, so the claim counts on.</>
        ) : (
          <>
            ; its power is off since <Moment at={outage.endAt} />: nothing was written later.
          </>
        )}
      </p>
      <Figures>
        <ShareFigure preview={preview} label={`can be promoted at ${to}`} />
        <Figure size="large" label="worst: at most" tone={worst === null ? 'none' : 'behind'}>
          {worst?.atMostSec == null ? '–' : durationText(worst.atMostSec)}
        </Figure>
        <Figure size="large" label="worst: proven to be open">
          {worst === null ? '–' : durationText(worst.atLeastSec)}
        </Figure>
        {unknown > 0 && (
          <Figure size="large" label="no bound is known" tone="unknown">
            {countText(unknown)}
          </Figure>
        )}
        <AsideFigure preview={preview} />
      </Figures>
    </Panel>
  )
}

const NO_OUTAGE: Outage = { lastHeardAt: null, endAt: null }

export function ForcedLedger({ ledger, to }: { readonly ledger: Ledger; readonly to: string }) {
  const outage = ledger.outage ?? NO_OUTAGE
  return (
    <TallTable
      label="Loss ledger"
      rows={ledger.rows}
      rowPx={46}
      keyOf={({ key }) => key}
      columns={[
        { title: 'Image', rem: 20 },
        { title: `Held at ${to} up to`, rem: 10 },
        { title: 'Lost: from, at most', rem: 14 },
        { title: 'What it rests on', rem: 22 },
      ]}
      cells={(row) => <Cells row={row} outage={outage} />}
    />
  )
}

function Cells({ row, outage }: { readonly row: LedgerRow; readonly outage: Outage }) {
  const now = useNow()
  const { atLeastSec, atMostSec } = lossOf(row.heldUntilAt, outage, now)
  return (
    <>
      <ImageCell row={row} />
      <HeldCell row={row} />
      <td className="px-2 whitespace-nowrap tabular-nums">
        {atMostSec === null ? (
          <span className="text-unknown">◌ no bound</span>
        ) : (
          <>
            <span className="text-faint">{durationText(atLeastSec)} –</span> {durationText(atMostSec)}
          </>
        )}
      </td>
      <EvidenceCell row={row} />
    </>
  )
}
