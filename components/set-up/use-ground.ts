'use client'

import { useQuery } from '@tanstack/react-query'
import { lookAtGroundAction } from '@/lib/actions/set-up'

/** What both sites have, read at the clusters themselves: nothing of a bare site is in the store. */
export const useGround = (from: string, to: string, pools: readonly string[]) =>
  useQuery({
    queryKey: ['ground', from, to, ...pools] as const,
    queryFn: async () => {
      const answer = await lookAtGroundAction({ from, to, pools: [...pools] })
      if (!answer.ok) throw new Error(answer.message)
      return answer.value
    },
    enabled: from !== '' && to !== '' && from !== to,
    // Somebody chooses by it, nobody decides on it: what is decided on is looked at again.
    staleTime: 60_000,
    retry: false,
    placeholderData: (before) => before,
  })
