'use client'

import { offsetsOf, useRowWindows, type Windows } from '@/components/table/use-row-windows'
import { type ImagesList, imagesQuery, WINDOW_ROWS } from '@/lib/queries/images'
import type { ImageRow } from '@/lib/views/image-row'

/** The windows of the image list that a range of rows lies in, and no others. */
export const useWindows = (list: ImagesList, first: number, last: number): Windows<ImageRow> =>
  useRowWindows(list, (offset) => imagesQuery(list, offset), offsetsOf(first, last, WINDOW_ROWS))
