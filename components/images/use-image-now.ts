'use client'

import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo } from 'react'
import { useNow } from '@/components/live/clock'
import { shellQuery } from '@/lib/queries/shell'
import type { ImageRow } from '@/lib/views/image-row'
import { type Readings, readingsOf, rowNow, stalePools } from '@/lib/views/readings'

const NO_READINGS: Readings = readingsOf({ pools: [], sites: [] })

/** Made once for a whole list: a hundred rows ask it every second. */
export const ReadingsContext = createContext<Readings>(NO_READINGS)

export function useReadings(): Readings {
  const { data } = useQuery(shellQuery())
  return useMemo(() => (data === undefined ? NO_READINGS : readingsOf(data)), [data])
}

/** What a row says now, and not when it was written. */
export const useImageNow = (row: ImageRow, text = '') => rowNow(row, text, useContext(ReadingsContext), useNow())

/** Pools that cannot be relied on now, as one word of a list's key. */
export function useStalePools(): string {
  const { data } = useQuery(shellQuery())
  const now = useNow()
  return data === undefined ? '' : stalePools(data, now).join(',')
}
