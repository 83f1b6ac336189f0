import { Card } from '@/components/ui/card'
import { countOf, countText } from '@/lib/views/count-text'
import type { RunDetail } from '@/lib/views/runs'

const LISTED = 8

/** Left out before the start, and in the course of the run. Nothing is left out without a reason. */
export function SetAsideCard({ detail: { ledger, aside } }: { readonly detail: RunDetail }) {
  const total = ledger.setAsideTotal + aside.length
  return (
    <Card title="Set aside" aside={total === 0 ? 'none' : countOf(total, 'image')}>
      {total === 0 ? (
        <p className="text-sm text-dim">Every image that was chosen is part of this run.</p>
      ) : (
        <div className="flex flex-col gap-3">
          <Rows title="In the course of the run" rows={aside} total={aside.length} />
          <Rows title="Before it started" rows={ledger.setAside} total={ledger.setAsideTotal} />
        </div>
      )}
    </Card>
  )
}

interface RowsProps {
  readonly title: string
  readonly rows: readonly { readonly name: string; readonly reason: string }[]
  readonly total: number
}

function Rows({ title, rows, total }: RowsProps) {
  if (total === 0) return null
  const [first, rest] = [rows.slice(0, LISTED), rows.slice(LISTED)]
  return (
    <div className="text-sm">
      <p className="mb-1.5 text-faint">{title}</p>
      <List rows={first} />
      {rest.length > 0 && (
        <details className="mt-1.5">
          <summary className="text-dim hover:text-ink">{countText(total - LISTED)} more</summary>
          <List rows={rest} />
          {total > rows.length && (
            <p className="mt-1 text-faint">
              The first {rows.length} of {countText(total)}.
            </p>
          )}
        </details>
      )}
    </div>
  )
}

const List = ({ rows }: { readonly rows: RowsProps['rows'] }) => (
  <ul className="flex flex-col gap-1.5">
    {rows.map(({ name, reason }) => (
      <li key={name}>
        <span className="block font-mono break-all text-ink">{name}</span>
        <span className="block break-words text-dim">{reason}</span>
      </li>
    ))}
  </ul>
)
