'use client'

import { useQuery } from '@tanstack/react-query'
import { shellQuery } from '@/lib/queries/shell'
import { NarrowMenu } from './narrow-menu'

export function NarrowMenuSlot() {
  const { data } = useQuery(shellQuery())
  return <NarrowMenu name={data?.name ?? 'Antipode'} />
}
