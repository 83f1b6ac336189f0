'use client'

import { useQuery } from '@tanstack/react-query'
import { lookAtBackendsAction } from '@/lib/actions/cinder-failover'

/** The backends of every cloud, asked of Cinder itself: somebody chooses by it, nobody decides on it. */
export const useBackends = () =>
  useQuery({
    queryKey: ['backends'] as const,
    queryFn: async () => {
      const answer = await lookAtBackendsAction({})
      if (!answer.ok) throw new Error(answer.message)
      return answer.value
    },
    staleTime: 15_000,
    retry: false,
  })
