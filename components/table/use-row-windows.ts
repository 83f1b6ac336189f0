'use client'

import { type UseQueryOptions, useQueries } from '@tanstack/react-query'
import { useRef } from 'react'

interface RowsPage<Row> {
  readonly offset: number
  readonly total: number
  readonly rows: readonly Row[]
}

export interface Windows<Row> {
  /** Null until the first window has come. */
  readonly total: number | null
  readonly row: (index: number) => Row | undefined
  readonly error: Error | null
  readonly retry: () => void
}

/** One window of a list, as a query. */
// biome-ignore lint/suspicious/noExplicitAny: the key of a query is its own matter
type WindowQuery<Row> = UseQueryOptions<any, Error, RowsPage<Row>, any>

/** The windows of `list` that rows `first` to `last` lie in, and no others. `list` must be the same while it is one list. */
export function useRowWindows<Row>(
  list: unknown,
  queryOf: (offset: number) => WindowQuery<Row>,
  offsets: readonly number[],
): Windows<Row> {
  const pages = useQueries({ queries: offsets.map(queryOf) })
  const rows = new Map<number, Row>()
  for (const { data } of pages) {
    for (const [index, row] of (data?.rows ?? []).entries()) rows.set((data?.offset ?? 0) + index, row)
  }
  const known = pages.find(({ data }) => data !== undefined)?.data?.total
  // While a window further down is on its way the list keeps its length, or it would jump.
  const remembered = useRef<{ list: unknown; total: number } | null>(null)
  if (known !== undefined) remembered.current = { list, total: known }
  const kept = remembered.current
  const total = known ?? (kept !== null && kept.list === list ? kept.total : null)
  const failed = pages.find(({ error, data }) => error !== null && data === undefined)
  return {
    total,
    row: (index) => rows.get(index),
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  }
}

/** Starts of the windows of `size` rows that rows `first` to `last` lie in. */
export function offsetsOf(first: number, last: number, size: number): number[] {
  const offsets: number[] = []
  const end = Math.max(first, last)
  for (let at = Math.floor(first / size) * size; at <= end; at += size) offsets.push(at)
  return offsets
}
