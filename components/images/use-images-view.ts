'use client'

import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import type { ImagesList } from '@/lib/queries/images'
import { filterText, type ImageSort, type ImagesFilter, NO_FILTER } from '@/lib/views/images-filter'
import { IMAGES_URL } from './images-url'

/** What the URL says of the list, and how it is changed. */
export function useImagesView(stale: string) {
  const [state, setState] = useQueryStates(IMAGES_URL, { history: 'replace', shallow: true, scroll: false })
  const { sort, order, image, ...filter } = state
  const text = filterText(filter)
  // A list is what its URL says: the same words are the same object, so that nothing is read twice.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` is the filter
  const list: ImagesList = useMemo(() => ({ filter, sort, order, stale }), [text, sort, order, stale])
  return {
    list,
    image,
    narrow: (change: Partial<ImagesFilter>) => void setState(change),
    clear: () => void setState(NO_FILTER),
    /** A second click on a column turns it round. */
    sortBy: (column: ImageSort) =>
      void setState({ sort: column, order: sort === column && order === 'first' ? 'last' : 'first' }),
    /** One history entry: going back closes what was opened. */
    open: (id: string | null) => void setState({ image: id }, { history: image === null ? 'push' : 'replace' }),
  }
}

export type ImagesView = ReturnType<typeof useImagesView>
