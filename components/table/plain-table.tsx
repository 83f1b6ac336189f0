import clsx from 'clsx'
import type { ReactNode } from 'react'
import { ScrollSideways } from '@/components/ui/scroll-sideways'

export interface Column<T> {
  readonly header: ReactNode
  readonly cell: (row: T) => ReactNode
  readonly align?: 'left' | 'right'
  /** Left out where the table has no room. */
  readonly narrow?: 'hide'
}

interface PlainTableProps<T> {
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
}

/** A table of some dozen rows. The first column names the row. Thousands of rows are `image-table`'s matter. */
export function PlainTable<T>({ label, columns, rows, rowKey }: PlainTableProps<T>) {
  return (
    <ScrollSideways label={label} className="-mx-2">
      <table aria-label={label} className="w-full">
        <thead>
          <tr className="text-left text-sm text-faint">
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
              <th key={index} scope="col" className={clsx('px-2 pb-2 font-normal whitespace-nowrap', place(column))}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-t border-line align-top">
              {columns.map((column, index) =>
                index === 0 ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
                  <th key={index} scope="row" className={clsx('px-2 py-2 text-left font-medium', place(column))}>
                    {column.cell(row)}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
                  <td key={index} className={clsx('px-2 py-2', place(column))}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollSideways>
  )
}

const place = <T,>(column: Column<T>): string =>
  clsx(column.align === 'right' && 'text-right', column.narrow === 'hide' && 'max-md:hidden')
