'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { type ReactNode, useRef } from 'react'

export interface TallColumn {
  readonly title: ReactNode
  /** Its share of the width, in rem; the sum is the least width of the table. */
  readonly rem: number
  readonly align?: 'left' | 'right'
}

interface TallTableProps<T> {
  readonly label: string
  readonly columns: readonly TallColumn[]
  /** Undefined: a row that is on its way. */
  readonly rows: readonly (T | undefined)[]
  readonly keyOf: (row: T) => string | number
  readonly rowPx: number
  /** The cells of one row: `<td>` each. */
  readonly cells: (row: T) => ReactNode
  /** Greatest height of the box that scrolls. */
  readonly className?: string
  /** Told which rows are in sight, where they are fetched as they come. */
  readonly onRange?: (first: number, last: number) => void
}

/** A table of thousands of rows of one height, of which only those in sight are drawn. A real table for who listens to it. */
export function TallTable<T>({ label, columns, rows, keyOf, rowPx, cells, className, onRange }: TallTableProps<T>) {
  const box = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: 12,
    onChange: ({ range }) => range !== null && onRange?.(range.startIndex, range.endIndex),
  })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const width = columns.reduce((sum, { rem }) => sum + rem, 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section ref={box} tabIndex={0} aria-label={label} className={clsx('overflow-auto', className ?? 'max-h-[32rem]')}>
      <table aria-rowcount={rows.length + 1} className="w-full table-fixed" style={{ minWidth: `${width}rem` }}>
        <caption className="sr-only">{label}</caption>
        <colgroup>
          {columns.map(({ rem }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have their place alone
            <col key={index} style={{ width: `${(100 * rem) / width}%` }} />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-10 bg-panel text-sm text-faint">
          <tr aria-rowindex={1}>
            {columns.map(({ title, align }, index) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have their place alone
                key={index}
                scope="col"
                className={clsx(
                  'border-b border-line px-2 py-2 font-normal',
                  align === 'right' ? 'text-right' : 'text-left',
                )}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap px={before} />
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return <Coming key={item.index} px={rowPx} columns={columns.length} />
            return (
              <tr
                key={keyOf(row)}
                aria-rowindex={item.index + 2}
                className="border-b border-line"
                style={{ height: rowPx }}
              >
                {cells(row)}
              </tr>
            )
          })}
          <Gap px={after} />
        </tbody>
      </table>
    </section>
  )
}

/** A row that is being fetched. */
const Coming = ({ px, columns }: { readonly px: number; readonly columns: number }) => (
  <tr className="border-b border-line" style={{ height: px }}>
    <td colSpan={columns} className="px-2 text-sm text-faint">
      …
    </td>
  </tr>
)

/** Stands for the rows that are not drawn. */
function Gap({ px }: { readonly px: number }) {
  return px <= 0 ? null : (
    <tr aria-hidden style={{ height: px }}>
      <td />
    </tr>
  )
}
