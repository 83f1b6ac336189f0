'use client'

import { useNow } from '@/components/live/clock'
import { TallTable } from '@/components/table/tall-table'
import { lossOf } from '@/lib/domain/loss'
import { type LossSum, lossSums } from '@/lib/domain/loss-sums'
import { countOf, countText } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import type { FailoverPreview } from '@/lib/views/recover'

type Ledger = FailoverPreview['ledger']

/** What may be lost by server and by tenant, worst first. */
export function LossSums({ ledger }: { readonly ledger: Ledger }) {
  const outage = ledger.outage ?? { lastHeardAt: null, endAt: null }
  return (
    <TallTable
      label="Losses by server and tenant"
      rows={lossSums(ledger.rows)}
      rowPx={34}
      keyOf={({ kind, name }) => `${kind} ${name}`}
      className="max-h-72"
      columns={[
        { title: 'Who', rem: 20 },
        { title: 'Volumes', rem: 6, align: 'right' },
        { title: 'Lost of the worst: from, at most', rem: 16 },
      ]}
      cells={(row) => <Cells row={row} outage={outage} />}
    />
  )
}

function Cells({ row, outage }: { readonly row: LossSum; readonly outage: NonNullable<Ledger['outage']> }) {
  const now = useNow()
  const { kind, name, volumes, unknown, heldUntilAt } = row
  const { atLeastSec, atMostSec } = lossOf(heldUntilAt, outage, now)
  return (
    <>
      <td className="px-2">
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="shrink-0 text-sm text-faint">{kind}</span> <span className="truncate">{name}</span>
        </span>
      </td>
      <td className="px-2 text-right tabular-nums">{countText(volumes)}</td>
      <td className="px-2 whitespace-nowrap tabular-nums">
        {atMostSec !== null && (
          <>
            <span className="text-faint">{durationText(atLeastSec)} –</span> {durationText(atMostSec)}
          </>
        )}
        {unknown > 0 && <span className="text-unknown"> ◌ no bound of {countOf(unknown, 'volume')}</span>}
      </td>
    </>
  )
}
