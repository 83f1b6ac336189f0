'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { TooltipProvider } from '@/components/ui/tooltip'
import { newQueryClient } from '@/lib/queries/query-client'
import { ClockProvider } from './clock'

interface ProvidersProps {
  readonly renderedAt: number
  readonly children: ReactNode
}

export function Providers({ renderedAt, children }: ProvidersProps) {
  const [client] = useState(newQueryClient)
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <ClockProvider renderedAt={renderedAt}>
          <TooltipProvider>{children}</TooltipProvider>
        </ClockProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  )
}
