'use client'

import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/components/live/loaded'
import { Card } from '@/components/ui/card'
import { overviewQuery } from '@/lib/queries/overview'
import { shellQuery } from '@/lib/queries/shell'
import { AttentionList } from './attention-list'

export function AttentionCard() {
  const query = useQuery(overviewQuery())
  const { data: shell } = useQuery(shellQuery())
  const count = query.data?.attention?.length ?? 0
  return (
    <Card title="Needs attention" aside={count === 0 ? undefined : `${count}, worst first`}>
      <Loaded query={query} what="what needs attention">
        {({ attention }) => <AttentionList attention={attention} images={shell?.images ?? null} />}
      </Loaded>
    </Card>
  )
}
