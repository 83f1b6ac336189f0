// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list stand where a style says, which a <table> does not do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { ReadFailure } from '@/components/live/loaded'
import { isFiltered } from '@/lib/views/images-filter'
import { ImageHead } from './image-head'
import { ImageLine, PendingLine } from './image-line'
import { NoImages } from './no-images'
import { useSelection } from './selection'
import { nextActive } from './table-keys'
import type { ImagesView } from './use-images-view'
import { useWindows } from './use-windows'

export const ROW_PX = 38
const OVERSCAN = 10

/** 100,000 rows without a stutter: a screenful in the page, a window or two in memory, the rest at the server. */
export function ImageTable({ view }: { readonly view: ImagesView }) {
  const scroller = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState({ first: 0, last: 40 })
  const [active, setActive] = useState(0)
  const { total, row, error, retry } = useWindows(view.list, range.first, range.last)
  const toggle = useSelection((state) => state.toggle)
  const virtualizer = useVirtualizer({
    count: total ?? 20,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    onChange: ({ range: seen }) => {
      const next = { first: Math.max(0, (seen?.startIndex ?? 0) - OVERSCAN), last: (seen?.endIndex ?? 40) + OVERSCAN }
      setRange((before) => (before.first === next.first && before.last === next.last ? before : next))
    },
  })
  // Another list begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is why
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
    setActive(0)
  }, [view.list])

  const press = useCallback(
    (event: KeyboardEvent) => {
      if (event.target !== scroller.current || total === null) return
      const chosen = row(active)
      if (event.key === 'Enter' && chosen !== undefined) return view.open(chosen.id)
      if (event.key === 'Escape') return view.open(null)
      if (event.key === ' ' && chosen !== undefined) {
        event.preventDefault()
        return toggle(chosen.id, chosen.primarySite)
      }
      const next = nextActive(event.key, active, total, Math.floor(scroller.current.clientHeight / ROW_PX) - 2)
      if (next === null) return
      event.preventDefault()
      setActive(next)
      virtualizer.scrollToIndex(next)
    },
    [active, total, row, view, toggle, virtualizer],
  )

  if (error !== null) return <ReadFailure error={error} what="the image list" onRetry={retry} />
  if (total === 0) return <NoImages filtered={isFiltered(view.list.filter) ? 'filtered' : 'all'} onClear={view.clear} />
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Images"
      aria-rowcount={(total ?? 0) + 1}
      aria-busy={total === null}
      aria-activedescendant={`image-row-${active}`}
      tabIndex={0}
      onKeyDown={press}
      className="group/grid @container min-h-0 flex-1 overflow-auto rounded-xl border border-line bg-panel"
    >
      <ImageHead view={view} total={total} />
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const image = row(index)
          if (image === undefined) return <PendingLine key={index} top={start} />
          return (
            <ImageLine
              key={image.id}
              row={image}
              index={index}
              top={start}
              place={image.id === view.image ? 'open' : index === active ? 'active' : 'plain'}
              onOpen={view.open}
            />
          )
        })}
      </div>
    </div>
  )
}
