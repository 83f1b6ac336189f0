'use client'

import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/components/live/loaded'
import { Card } from '@/components/ui/card'
import { overviewQuery } from '@/lib/queries/overview'
import { AttentionList } from './attention-list'

export function AttentionCard() {
  const query = useQuery(overviewQuery())
  const count = query.data?.attention?.length ?? 0
  return (
    <Card title="Needs attention" aside={count === 0 ? undefined : `${count}, worst first`}>
      <Loaded query={query} what="what needs attention">
        {({ attention }) => <AttentionList attention={attention} />}
      </Loaded>
    </Card>
  )
}
