import type { ImageSort } from '@/lib/views/images-filter'

/** What a narrow list leaves out comes last; the classes below show it again where there is room. */
export const GRID =
  'grid grid-cols-[2rem_minmax(9rem,1fr)_8rem_7rem] @3xl:grid-cols-[2rem_minmax(11rem,1.6fr)_9.5rem_minmax(8rem,0.8fr)_minmax(9rem,1fr)_11rem] @6xl:grid-cols-[2rem_minmax(12rem,1.6fr)_9.5rem_minmax(8rem,0.8fr)_minmax(9rem,1fr)_12rem_10rem_5rem] items-center gap-x-4 px-4'

export const MIDDLE = 'hidden min-w-0 @3xl:flex'
export const WIDE = 'hidden min-w-0 @6xl:flex'

export interface HeadColumn {
  readonly title: string
  readonly sort: ImageSort | null
  readonly className: string
  readonly hint?: string
}

export const HEAD: readonly HeadColumn[] = [
  { title: 'Image', sort: 'name', className: 'min-w-0 flex' },
  { title: 'State', sort: 'worst', className: 'min-w-0 flex', hint: 'worst first: trouble, then late, then unknown' },
  { title: 'Primary', sort: null, className: MIDDLE },
  { title: 'Copy', sort: null, className: MIDDLE },
  {
    title: 'Exposure',
    sort: 'exposure',
    className: 'min-w-0 flex',
    hint: 'furthest past its own objective first',
  },
  { title: 'Mode', sort: null, className: WIDE },
  { title: 'Size', sort: 'size', className: `${WIDE} justify-end` },
]
