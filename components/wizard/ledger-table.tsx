'use client'

import clsx from 'clsx'
import { useNow } from '@/components/live/clock'
import { Exposure } from '@/components/live/exposure'
import { TallTable } from '@/components/table/tall-table'
import { exposureSec, lateness } from '@/lib/views/exposure'
import { EvidenceCell, HeldCell, ImageCell, type LedgerRow, SizeCell } from './ledger-cells'

/** The loss ledger, worst first. */
export function LedgerTable({ rows, to }: { readonly rows: readonly LedgerRow[]; readonly to: string }) {
  const oldest = rows.find(({ heldUntilAt }) => heldUntilAt !== null)?.heldUntilAt ?? null
  return (
    <TallTable
      label="Loss ledger"
      rows={rows}
      rowPx={46}
      keyOf={({ key }) => key}
      columns={[
        { title: 'Image', rem: 20 },
        { title: `Held at ${to} up to`, rem: 10 },
        { title: 'Would be lost now', rem: 17 },
        { title: 'How sure', rem: 18 },
        { title: 'Size', rem: 5, align: 'right' },
      ]}
      cells={(row) => <LedgerCells row={row} oldest={oldest} />}
    />
  )
}

function LedgerCells({ row, oldest }: { readonly row: LedgerRow; readonly oldest: number | null }) {
  return (
    <>
      <ImageCell row={row} />
      <HeldCell row={row} />
      <td className="px-2">
        <span className="flex items-center gap-3">
          <LossBar row={row} oldest={oldest} />
          <Exposure heldUntilAt={row.heldUntilAt} objectiveSec={row.objectiveSec} grade={row.grade} />
        </span>
      </td>
      <EvidenceCell row={row} />
      <SizeCell row={row} />
    </>
  )
}

/** As long as the loss is, against the worst of all. The figure stands beside it. */
function LossBar({ row, oldest }: { readonly row: LedgerRow; readonly oldest: number | null }) {
  const now = useNow()
  if (row.heldUntilAt === null || oldest === null) return null
  const share = exposureSec(row.heldUntilAt, now) / Math.max(1, exposureSec(oldest, now))
  const late = lateness(row.heldUntilAt, row.objectiveSec, now) === 'late'
  return (
    <span aria-hidden className="block h-1.5 w-20 shrink-0">
      <span
        className={clsx('block h-full min-w-1 rounded-full', late ? 'bg-behind' : 'bg-ok')}
        style={{ width: `${Math.min(100, 100 * share)}%` }}
      />
    </span>
  )
}
