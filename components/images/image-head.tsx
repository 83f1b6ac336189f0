// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list stand where a style says, which a <table> does not do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
'use client'

import clsx from 'clsx'
import { Checkbox } from '@/components/ui/checkbox'
import { Icon } from '@/components/ui/icon'
import { countText } from '@/lib/views/count-text'
import { filterText } from '@/lib/views/images-filter'
import { GRID, HEAD, type HeadColumn } from './columns'
import { useSelection } from './selection'
import type { ImagesView } from './use-images-view'

interface ImageHeadProps {
  readonly view: ImagesView
  readonly total: number | null
}

export function ImageHead({ view, total }: ImageHeadProps) {
  const { picked, all, takeAll, clear } = useSelection()
  const text = filterText(view.list.filter)
  const state = all === text ? 'on' : picked.size > 0 ? 'some' : 'off'
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={clsx(GRID, 'sticky top-0 z-10 h-10 border-b border-line bg-panel text-sm text-faint')}
    >
      <div role="columnheader" className="flex">
        <Checkbox
          label={total === null ? 'Take all' : `Take all ${countText(total)} images of this list`}
          state={state}
          onToggle={() => (state === 'off' ? takeAll(text) : clear())}
        />
      </div>
      {HEAD.map((column) => (
        <Heading key={column.title} column={column} view={view} />
      ))}
    </div>
  )
}

function Heading({ column, view }: { readonly column: HeadColumn; readonly view: ImagesView }) {
  const { sort, order } = view.list
  const here = column.sort !== null && column.sort === sort
  const direction = order === 'first' ? 'descending' : 'ascending'
  return (
    <div role="columnheader" aria-sort={here ? direction : undefined} className={column.className}>
      {column.sort === null ? (
        column.title
      ) : (
        <button
          type="button"
          title={column.hint}
          onClick={() => column.sort !== null && view.sortBy(column.sort)}
          className={clsx('inline-flex items-center gap-1 rounded hover:text-ink', here && 'text-ink')}
        >
          {column.title}
          {here && <Icon name={order === 'first' ? 'arrow-down' : 'arrow-up'} className="size-3.5" />}
        </button>
      )}
    </div>
  )
}
