'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Loaded } from '@/components/live/loaded'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { lagQuery } from '@/lib/queries/lag'
import { LAG_RANGES, type LagRange, type LagView } from '@/lib/views/lag'
import { lagChart } from '@/lib/views/lag-chart'

const RANGES: Record<LagRange, string> = {
  '60': 'last hour',
  '360': 'last 6 hours',
  '1440': 'last day',
  '10080': 'last week',
}
const CHOICES = LAG_RANGES.map((value) => ({ value, text: RANGES[value] }))

// Recharts is a third of the page's script and draws nothing on the server: it comes after the figures.
const LagChartView = dynamic(() => import('./lag-chart-view').then((module) => module.LagChartView), {
  ssr: false,
  loading: () => <Skeleton className="h-72 w-full" />,
})

/** Exposure over time, by pool, against the objectives. */
export function LagCard() {
  const [range, setRange] = useState<LagRange>('60')
  const query = useQuery(lagQuery(range))
  return (
    <Card
      title="Data loss if failed over, by pool"
      aside={
        <span className="flex items-center gap-2">
          worst image, log scale
          <Select
            label="Range of time"
            size="small"
            value={range}
            choices={CHOICES}
            onChoose={(value) => setRange(value as LagRange)}
          />
        </span>
      }
    >
      <Loaded query={query} what="the history of exposure" skeleton={<Skeleton className="h-72 w-full" />}>
        {(view) => <LagBody view={view} />}
      </Loaded>
    </Card>
  )
}

function LagBody({ view }: { readonly view: LagView }) {
  if (view.series === null || view.series.every(({ points }) => points.length === 0)) {
    return (
      <Empty title="No history yet">
        The worst exposure of every pool is written once a minute while the console runs; the first point comes within
        two minutes.
      </Empty>
    )
  }
  return <LagChartView chart={lagChart({ ...view, series: view.series })} slotMs={view.slotMs} />
}
