'use client'

import { useDeferredValue, useState } from 'react'
import { ReadFailure } from '@/components/live/loaded'
import { TallTable } from '@/components/table/tall-table'
import { offsetsOf, useRowWindows } from '@/components/table/use-row-windows'
import { Card } from '@/components/ui/card'
import { Input } from '@/components/ui/input'
import { runLedgerQuery } from '@/lib/queries/runs'
import { countOf } from '@/lib/views/count-text'
import type { RunLedgerRow } from '@/lib/views/run-ledger'
import type { RunDetail } from '@/lib/views/runs'
import { LedgerCells, ledgerColumns } from './run-ledger-cells'

const WINDOW_ROWS = 100
/** From so many rows on a name is worth searching for. */
const SEARCHED = 12

/** All that was frozen into the run before it started, worst first, each row with where it stands now. */
export function RunLedgerCard({ detail }: { readonly detail: RunDetail }) {
  const { id, procedure } = detail.run
  const [find, setFind] = useState('')
  const sought = useDeferredValue(find)
  const [range, setRange] = useState({ first: 0, last: 20 })
  const { total, row, error, retry } = useRowWindows<RunLedgerRow>(
    `${id} ${sought}`,
    (offset) => runLedgerQuery(id, sought, offset, WINDOW_ROWS),
    offsetsOf(range.first, range.last, WINDOW_ROWS),
  )
  const changes = procedure === 'set-up' || procedure === 'take-down'
  const rows = Array.from({ length: total ?? 0 }, (_, index) => row(index))
  const kind = row(0)?.row.kind ?? (changes ? 'change' : 'held')
  return (
    <Card
      title={changes ? 'What is changed' : 'Ledger'}
      aside={`frozen when it was approved${total === null ? '' : ` · ${countOf(total, 'row')}`}`}
    >
      {((total ?? 0) > SEARCHED || find !== '') && (
        <Input
          type="search"
          aria-label="Find a row by name"
          placeholder="Find by name"
          value={find}
          onChange={(event) => {
            setFind(event.target.value)
            setRange({ first: 0, last: 20 })
          }}
          className="mb-3 max-w-64"
        />
      )}
      {error !== null ? (
        <ReadFailure error={error} what="the ledger of this run" onRetry={retry} />
      ) : total === 0 ? (
        <p className="text-dim">{find === '' ? 'Nothing was recorded.' : 'None is called that.'}</p>
      ) : (
        <TallTable
          key={sought}
          label={changes ? 'What is changed' : 'Ledger'}
          rows={rows}
          rowPx={46}
          keyOf={({ row: { key } }) => key}
          columns={ledgerColumns(kind, procedure)}
          cells={(one) => <LedgerCells one={one} detail={detail} />}
          className="max-h-96"
          onRange={(first, last) =>
            setRange((before) => (before.first === first && before.last === last ? before : { first, last }))
          }
        />
      )}
    </Card>
  )
}
