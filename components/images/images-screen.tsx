'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useEffect } from 'react'
import { ApartBanner } from '@/components/apart/apart-banner'
import { buttonStyle } from '@/components/ui/button-style'
import { Icon } from '@/components/ui/icon'
import { exportHref, imagesQuery } from '@/lib/queries/images'
import { countOf } from '@/lib/views/count-text'
import { filterText, isFiltered } from '@/lib/views/images-filter'
import { ImagePanel } from './image-panel'
import { ImageTable } from './image-table'
import { NameSelection } from './name-selection'
import { QuickChips } from './quick-chips'
import { ScopeSelects } from './scope-selects'
import { SearchBox } from './search-box'
import { useSelection } from './selection'
import { SelectionBar } from './selection-bar'
import { ReadingsContext, useReadings, useStalePools } from './use-image-now'
import { type ImagesView, useImagesView } from './use-images-view'

/** The list, its filters, and one image beside it. */
export function ImagesScreen() {
  const view = useImagesView(useStalePools())
  const readings = useReadings()
  const { data } = useQuery(imagesQuery(view.list, 0))
  const total = data?.total ?? null
  const text = filterText(view.list.filter)
  // "All that is shown" is meant of what is shown: another filter takes it back.
  useEffect(() => {
    const { all, clear } = useSelection.getState()
    if (all !== null && all !== text) clear()
  }, [text])
  return (
    <ReadingsContext value={readings}>
      <div className="flex h-[calc(100dvh-6.5rem)] min-h-[28rem] flex-col gap-3 md:h-[calc(100dvh-6rem)]">
        <ApartBanner />
        <Filters view={view} total={total} />
        <SelectionBar view={view} total={total} />
        <div className={clsx('grid min-h-0 flex-1 gap-4', view.image !== null && 'lg:grid-cols-[minmax(0,1fr)_27rem]')}>
          <div className={clsx('flex min-h-0 min-w-0 flex-col', view.image !== null && 'max-lg:hidden')}>
            <ImageTable view={view} />
          </div>
          {view.image !== null && <ImagePanel id={view.image} onClose={() => view.open(null)} />}
        </div>
      </div>
    </ReadingsContext>
  )
}

function Filters({ view, total }: { readonly view: ImagesView; readonly total: number | null }) {
  const filtered = isFiltered(view.list.filter)
  return (
    <search className="flex flex-col gap-2">
      <div className="flex items-center gap-2 max-md:overflow-x-auto md:flex-wrap">
        <SearchBox text={view.list.filter.q} onSearch={(q) => view.narrow({ q })} />
        <ScopeSelects view={view} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 items-center gap-1.5 max-md:overflow-x-auto md:flex-wrap">
          <QuickChips view={view} />
          {filtered && (
            <button type="button" onClick={view.clear} className="px-2 text-sm text-dim underline hover:text-ink">
              Clear
            </button>
          )}
        </div>
        <div className="ml-auto flex items-center gap-3">
          <span role="status" className="text-sm text-faint">
            {total === null ? 'reading …' : `${countOf(total, 'image')}${filtered ? ' match' : ''}`}
          </span>
          <NameSelection view={view} total={total} />
          <a href={exportHref(view.list.filter)} download className={buttonStyle('quiet', 'small')}>
            <Icon name="download" />
            CSV
          </a>
        </div>
      </div>
    </search>
  )
}
