'use client'

import { useMemo, useState } from 'react'
import { ReadFailure } from '@/components/live/loaded'
import { type TallColumn, TallTable } from '@/components/table/tall-table'
import { offsetsOf, useRowWindows } from '@/components/table/use-row-windows'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Link } from '@/components/ui/link'
import { SERVER_ROWS, type ServersList, serversQuery } from '@/lib/queries/servers'
import { countText } from '@/lib/views/count-text'
import type { ExposedRow } from '@/lib/views/servers'
import { shortId } from '@/lib/views/short-id'
import { WorstCell } from './worst-cell'

const SERVER: readonly TallColumn[] = [
  { title: 'Server', rem: 10 },
  { title: 'Exposure, by its worst volume', rem: 18 },
  { title: 'Volumes', rem: 5, align: 'right' },
  { title: 'Tenant', rem: 8 },
  { title: 'State', rem: 7 },
  { title: 'Stack', rem: 8 },
  { title: 'Host', rem: 12 },
]
const TENANT: readonly TallColumn[] = [
  { title: 'Tenant', rem: 10 },
  { title: 'Exposure, by its worst volume', rem: 18 },
  { title: 'Volumes', rem: 5, align: 'right' },
  { title: 'Servers', rem: 6, align: 'right' },
  { title: 'Cloud', rem: 9 },
]

interface ServersTableProps {
  readonly list: ServersList
  readonly onClear: () => void
}

/** Ten thousand rows: a screenful in the page, a window or two in memory. */
export function ServersTable({ list, onClear }: ServersTableProps) {
  const [range, setRange] = useState({ first: 0, last: 40 })
  const { by, q } = list
  const same = useMemo(() => ({ by, q }), [by, q])
  const { total, row, error, retry } = useRowWindows<ExposedRow>(
    same,
    (offset) => serversQuery(same, offset),
    offsetsOf(range.first, range.last, SERVER_ROWS),
  )
  if (error !== null) return <ReadFailure error={error} what={`the list by ${by}`} onRetry={retry} />
  if (total === 0) return <Nothing list={same} onClear={onClear} />
  const rows = Array.from({ length: total ?? 20 }, (_, index) => row(index))
  return (
    <TallTable
      key={`${by}/${q}`}
      label={by === 'server' ? 'Servers' : 'Tenants'}
      columns={by === 'server' ? SERVER : TENANT}
      rows={rows}
      keyOf={({ key }) => key}
      rowPx={42}
      cells={by === 'server' ? serverCells : tenantCells}
      className="max-h-[calc(100dvh-12rem)] min-h-60 rounded-xl border border-line bg-panel px-2"
      onRange={(first, last) =>
        setRange((before) => (before.first === first && before.last === last ? before : { first, last }))
      }
    />
  )
}

const cell = 'truncate px-2'

const serverCells = (row: ExposedRow) => (
  <>
    <th scope="row" className={`${cell} text-left font-medium`} title={row.id}>
      {row.name === '' ? <span className="font-mono text-sm">{shortId(row.id, 20)}</span> : row.name}
    </th>
    <td className={cell} title={row.worst.why || undefined}>
      <WorstCell worst={row.worst} />
    </td>
    <td className={`${cell} text-right`}>
      <Volumes count={row.worst.volumes} params={{ server: row.id }} />
    </td>
    <td className={`${cell} text-dim`}>{row.tenant}</td>
    <td className={cell}>{row.status}</td>
    <td
      className={`${cell} text-dim`}
      title={row.stack === null ? undefined : `${row.stack.name}: ${row.stack.status}`}
    >
      {row.stack === null
        ? '–'
        : isSettled(row.stack.status)
          ? row.stack.name
          : `${row.stack.name}, ${row.stack.status}`}
    </td>
    <td className={`${cell} font-mono text-sm text-faint`}>{row.host ?? '–'}</td>
  </>
)

/** What Heat is not at, and did not fail at, needs no word. */
const isSettled = (status: string): boolean => status.endsWith('_COMPLETE')

const tenantCells = (row: ExposedRow) => (
  <>
    <th scope="row" className={`${cell} text-left font-medium`}>
      {row.name}
    </th>
    <td className={cell} title={row.worst.why || undefined}>
      <WorstCell worst={row.worst} />
    </td>
    <td className={`${cell} text-right`}>
      <Volumes count={row.worst.volumes} params={{ tenant: row.tenant }} />
    </td>
    <td className={`${cell} text-right`}>
      {row.servers === 0 ? (
        <span className="text-faint">0</span>
      ) : (
        <Link href={`/servers?${new URLSearchParams({ q: row.tenant })}`} className="hover:underline">
          {countText(row.servers)}
        </Link>
      )}
    </td>
    <td className={`${cell} text-dim`}>{row.site}</td>
  </>
)

function Volumes({ count, params }: { readonly count: number; readonly params: Record<string, string> }) {
  if (count === 0) return <span className="text-faint">0</span>
  return (
    <Link href={`/images?${new URLSearchParams(params)}`} className="underline underline-offset-3">
      {countText(count)}
    </Link>
  )
}

function Nothing({ list, onClear }: { readonly list: ServersList; readonly onClear: () => void }) {
  if (list.q === '') {
    return <Empty title={`No ${list.by} has been read yet`}>They appear after the first reading of the cloud.</Empty>
  }
  return (
    <Empty title={`No ${list.by} matches “${list.q}”`}>
      <Button size="small" onClick={onClear} className="mt-2">
        Show all
      </Button>
    </Empty>
  )
}
