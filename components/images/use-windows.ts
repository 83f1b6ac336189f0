'use client'

import { useQueries } from '@tanstack/react-query'
import { useRef } from 'react'
import { type ImagesList, imagesQuery, WINDOW_ROWS } from '@/lib/queries/images'
import type { ImageRow } from '@/lib/views/image-row'

interface Windows {
  /** Null until the first window has come. */
  readonly total: number | null
  readonly row: (index: number) => ImageRow | undefined
  readonly error: Error | null
  readonly retry: () => void
}

/** The windows of a list that a range of rows lies in, and no others. */
export function useWindows(list: ImagesList, first: number, last: number): Windows {
  const offsets = offsetsOf(first, last)
  const pages = useQueries({
    queries: offsets.map((offset) => imagesQuery(list, offset)),
  })
  const rows = new Map<number, ImageRow>()
  for (const { data } of pages) {
    for (const [index, row] of (data?.rows ?? []).entries()) rows.set((data?.offset ?? 0) + index, row)
  }
  const known = pages.find(({ data }) => data !== undefined)?.data?.total
  // While a window further down is on its way the list keeps its length, or it would jump.
  const remembered = useRef<{ list: ImagesList; total: number } | null>(null)
  if (known !== undefined) remembered.current = { list, total: known }
  const total = known ?? (remembered.current?.list === list ? remembered.current.total : null)
  const failed = pages.find(({ error, data }) => error !== null && data === undefined)
  return {
    total,
    row: (index) => rows.get(index),
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  }
}

/** Starts of the windows that rows `first` to `last` lie in. */
export function offsetsOf(first: number, last: number): number[] {
  const offsets: number[] = []
  const end = Math.max(first, last)
  for (let at = Math.floor(first / WINDOW_ROWS) * WINDOW_ROWS; at <= end; at += WINDOW_ROWS) offsets.push(at)
  return offsets
}
