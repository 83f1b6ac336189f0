import type { ImageSort } from '@/lib/views/images-filter'

/** What a narrow list leaves out comes back where there is room: exposure, then the two sides, then mode and size. */
export const GRID = [
  'grid items-center gap-x-4 px-4 grid-cols-[1.25rem_minmax(0,1fr)_9rem]',
  '@xl:grid-cols-[1.25rem_minmax(0,1fr)_9rem_10rem]',
  '@4xl:grid-cols-[1.25rem_minmax(0,1fr)_9rem_8.5rem_10.5rem_10rem]',
  '@6xl:grid-cols-[1.25rem_minmax(0,1fr)_9rem_8.5rem_10.5rem_10rem_7.5rem_4rem]',
].join(' ')

export const FROM_XL = 'hidden min-w-0 @xl:flex'
export const MIDDLE = 'hidden min-w-0 @4xl:flex'
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
    className: FROM_XL,
    hint: 'furthest past its own objective first',
  },
  { title: 'Mode', sort: null, className: WIDE },
  { title: 'Size', sort: 'size', className: `${WIDE} justify-end` },
]
