import { type Column, PlainTable } from '@/components/table/plain-table'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import type { SiteView } from '@/lib/views/site'
import { sizeText } from '@/lib/views/size-text'
import { CapacityBar } from './capacity-bar'

type Pool = NonNullable<SiteView['facts']>['pools'][number]

const columns: readonly Column<Pool>[] = [
  { header: 'Pool', cell: (pool) => <span className="font-mono text-sm">{pool.name}</span> },
  { header: 'Used', align: 'right', cell: (pool) => sizeText(pool.usedBytes) },
  { header: 'Room left', align: 'right', cell: (pool) => sizeText(pool.availableBytes) },
]

export function CapacityCard({ site: { facts } }: { readonly site: SiteView }) {
  return (
    <Card title="Capacity" aside={facts === null ? undefined : `${sizeText(facts.availableBytes)} raw free`}>
      {facts === null ? (
        <Empty title="Not read yet" />
      ) : (
        <div className="flex flex-col gap-5">
          <div>
            <CapacityBar usedBytes={facts.usedBytes} totalBytes={facts.totalBytes} />
          </div>
          <PlainTable label="Capacity by pool" columns={columns} rows={facts.pools} rowKey={(pool) => pool.name} />
        </div>
      )}
    </Card>
  )
}
