// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list stand where a style says, which a <table> does not do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
'use client'

import clsx from 'clsx'
import { memo } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { Skeleton } from '@/components/ui/skeleton'
import type { ImageRow } from '@/lib/views/image-row'
import { sizeText } from '@/lib/views/size-text'
import { FROM_XL, GRID, MIDDLE, WIDE } from './columns'
import { ExposureCell, ModeCell, NameCell, SideCell, VerdictCell } from './image-cells'
import { useSelection } from './selection'

interface ImageLineProps {
  readonly row: ImageRow
  readonly index: number
  readonly top: number
  readonly place: 'open' | 'active' | 'plain'
  readonly onOpen: (id: string) => void
}

/** Memoised: while the list scrolls, a row that stays is not made again. */
export const ImageLine = memo(function ImageLine({ row, index, top, place, onOpen }: ImageLineProps) {
  const chosen = useSelection((state) => state.all !== null || state.picked.has(row.id))
  const toggle = useSelection((state) => state.toggle)
  const [primary, copy] = row.sides
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the grid opens the active row
    <div
      role="row"
      id={`image-row-${index}`}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      aria-current={place === 'open' ? 'true' : undefined}
      onClick={() => onOpen(row.id)}
      style={{ transform: `translateY(${top}px)` }}
      className={clsx(
        GRID,
        'absolute inset-x-0 top-0 h-[38px] cursor-pointer border-b border-line hover:bg-raised',
        place === 'open' && 'bg-raised shadow-[inset_2px_0_0_var(--ink)]',
        place === 'active' && 'group-focus-visible/grid:shadow-[inset_0_0_0_2px_var(--focus)]',
      )}
    >
      <Cell className="flex">
        <Checkbox
          label={`Take ${row.name}`}
          tabIndex={-1}
          state={chosen ? 'on' : 'off'}
          onToggle={() => toggle(row.id, row.primarySite)}
        />
      </Cell>
      <Cell className="flex min-w-0">
        <NameCell row={row} />
      </Cell>
      <Cell className="flex min-w-0 whitespace-nowrap">
        <VerdictCell row={row} />
      </Cell>
      <Cell className={MIDDLE}>
        <SideCell side={primary} />
      </Cell>
      <Cell className={MIDDLE}>
        <SideCell side={copy} />
      </Cell>
      <Cell className={FROM_XL}>
        <ExposureCell row={row} />
      </Cell>
      <Cell className={clsx(WIDE, 'truncate')}>
        <ModeCell row={row} />
      </Cell>
      <Cell className={clsx(WIDE, 'justify-end text-dim')}>
        {row.sizeBytes === null ? '–' : sizeText(row.sizeBytes)}
      </Cell>
    </div>
  )
})

function Cell({ className, children }: { readonly className: string; readonly children: React.ReactNode }) {
  return (
    <div role="gridcell" className={className}>
      {children}
    </div>
  )
}

/** Its row is on its way. */
export function PendingLine({ top }: { readonly top: number }) {
  return (
    <div
      aria-hidden
      style={{ transform: `translateY(${top}px)` }}
      className={clsx(GRID, 'absolute inset-x-0 top-0 h-[38px] border-b border-line')}
    >
      <span />
      <Skeleton className="h-3.5 w-3/4" />
      <Skeleton className="h-3.5 w-20" />
    </div>
  )
}
