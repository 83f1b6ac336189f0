import { type Column, PlainTable } from '@/components/table/plain-table'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { type ScheduleLine, scheduleLines } from '@/lib/views/schedule-lines'
import type { SiteView } from '@/lib/views/site'

const columns: readonly Column<ScheduleLine>[] = [
  { header: 'For', cell: (line) => line.place },
  { header: 'A mirror snapshot every', align: 'right', cell: (line) => line.interval },
  { header: 'From', align: 'right', cell: (line) => line.startTime ?? '–' },
]

export function SchedulesCard({ site }: { readonly site: SiteView }) {
  const read = site.pools.some(({ schedules }) => schedules !== null)
  const lines = scheduleLines(site.pools)
  return (
    <Card title="Snapshot schedules">
      {!read && (
        <Empty title="Not read yet">
          <code>rbd mirror snapshot schedule list --recursive</code>
        </Empty>
      )}
      {read && lines.length === 0 && (
        <Empty title={`No schedule is set at ${site.name}`}>
          Right where it holds copies alone, or mirrors by journal. Images in snapshot mode with their primary here age
          without one: <code>rbd mirror snapshot schedule add --pool POOL 1m</code>
        </Empty>
      )}
      {lines.length > 0 && (
        <PlainTable label="Snapshot schedules" columns={columns} rows={lines} rowKey={(line) => line.key} />
      )}
    </Card>
  )
}
