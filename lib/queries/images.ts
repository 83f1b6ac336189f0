import { queryOptions } from '@tanstack/react-query'
import { ImageDetail } from '@/lib/views/image-detail'
import { ImagesPage } from '@/lib/views/image-row'
import { filterParams, filterText, type ImageSort, type ImagesFilter, type SortOrder } from '@/lib/views/images-filter'
import { getJson } from './get-json'

/** Rows of one window: a screenful and a half, so that scrolling asks for the next before it is seen. */
export const WINDOW_ROWS = 100

export interface ImagesList {
  readonly filter: ImagesFilter
  readonly sort: ImageSort
  readonly order: SortOrder
  /** Pools that are not read any more, of which the rows mean something else without being touched: another list. */
  readonly stale?: string
}

/** One window of a list: filter and sort as the URL has them, never the whole. */
export const imagesQuery = (list: ImagesList, offset: number, limit = WINDOW_ROWS) =>
  queryOptions({
    queryKey: ['images', filterText(list.filter), list.sort, list.order, list.stale ?? '', offset, limit] as const,
    queryFn: ({ signal }) =>
      getJson(
        '/api/images',
        { ...filterParams(list.filter), sort: list.sort, order: list.order, offset, limit },
        ImagesPage,
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const imageQuery = (id: string) =>
  queryOptions({
    queryKey: ['image', id] as const,
    queryFn: ({ signal }) => getJson(`/api/images/${encodeURIComponent(id)}`, {}, ImageDetail, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Where the filtered list can be had as CSV. */
export const exportHref = (filter: ImagesFilter): string => {
  const text = filterText(filter)
  return text === '' ? '/api/images/export' : `/api/images/export?${text}`
}
