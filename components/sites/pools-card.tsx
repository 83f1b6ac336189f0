'use client'

import { Age } from '@/components/live/age'
import { Exposure } from '@/components/live/exposure'
import { type Column, PlainTable } from '@/components/table/plain-table'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Link } from '@/components/ui/link'
import { StateText } from '@/components/ui/state-mark'
import { Tooltip } from '@/components/ui/tooltip'
import type { Stream } from '@/lib/domain/summary'
import { countText } from '@/lib/views/count-text'
import type { PoolView, SiteView } from '@/lib/views/site'

interface PoolRow extends PoolView {
  readonly out: Stream | null
  readonly into: Stream | null
}

const columns: readonly Column<PoolRow>[] = [
  { header: 'Pool', cell: (row) => <span className="font-mono text-sm">{row.pool}</span> },
  { header: 'Mirroring', cell: (row) => <Mode row={row} /> },
  { header: 'Peer', cell: (row) => <Peer row={row} /> },
  { header: 'Primary here', align: 'right', cell: (row) => <Images stream={row.out} /> },
  { header: 'Worst exposure', cell: (row) => <Worst stream={row.out} /> },
  { header: 'Copies here', align: 'right', cell: (row) => <Images stream={row.into} /> },
  { header: 'Not mirrored', align: 'right', narrow: 'hide', cell: (row) => <Unmirrored row={row} /> },
  { header: 'Read', align: 'right', cell: (row) => <ReadAt row={row} /> },
]

export function PoolsCard({ site, streams }: { readonly site: SiteView; readonly streams: readonly Stream[] | null }) {
  const rows = site.pools.map((pool): PoolRow => {
    const same = (streams ?? []).filter((stream) => stream.pool === pool.pool && stream.pair === pool.pair)
    return {
      ...pool,
      out: same.find(({ from }) => from === site.name) ?? null,
      into: same.find(({ to }) => to === site.name) ?? null,
    }
  })
  return (
    <Card title="Pools" aside="with the rbd application">
      {rows.length === 0 ? (
        <Empty title="No pool has been read yet">
          <code>ceph osd pool ls detail</code> lists those with the rbd application.
        </Empty>
      ) : (
        <PlainTable label="Pools" columns={columns} rows={rows} rowKey={(row) => row.pool} />
      )}
    </Card>
  )
}

function Mode({ row }: { readonly row: PoolRow }) {
  if (row.mode === 'unknown') return <StateText tone="unknown">not read yet</StateText>
  if (row.mode === 'disabled') return <span className="text-faint">not mirrored</span>
  return (
    <>
      {row.mode} by {row.mode === 'image' ? 'image' : 'pool'}
    </>
  )
}

function Peer({ row }: { readonly row: PoolRow }) {
  if (row.mode === 'disabled') return null
  const [peer] = row.mirroring?.peers ?? []
  if (row.mirroring === null) return <StateText tone="unknown">not read yet</StateText>
  if (peer === undefined) return <StateText tone="bad">no peer</StateText>
  return (
    <span title={`${peer.clientName}, peer ${peer.uuid}`}>
      {row.peerSite ?? <StateText tone="behind">{peer.siteName || 'unnamed'}, not configured</StateText>}{' '}
      <span className="font-mono text-sm text-faint">{peer.direction}</span>
    </span>
  )
}

function Images({ stream }: { readonly stream: Stream | null }) {
  if (stream === null) return <span className="text-faint">0</span>
  const params = { from: stream.from, to: stream.to, pool: stream.pool ?? '' }
  return (
    <Link href={`/images?${new URLSearchParams(params)}`} className="hover:underline">
      {countText(stream.images)}
    </Link>
  )
}

const Worst = ({ stream }: { readonly stream: Stream | null }) =>
  stream === null ? null : (
    <Exposure
      heldUntilAt={stream.worstHeldUntilAt}
      objectiveSec={stream.objectiveSec}
      grade={stream.worstGrade}
      words="short"
    />
  )

function Unmirrored({ row }: { readonly row: PoolRow }) {
  if (row.unmirrored === null) return <span className="text-unknown">◌ not counted</span>
  return row.unmirrored === 0 ? (
    <span className="text-faint">0</span>
  ) : (
    <StateText tone="behind">{countText(row.unmirrored)}</StateText>
  )
}

function ReadAt({ row }: { readonly row: PoolRow }) {
  const age =
    row.observedAt === null ? (
      'never'
    ) : (
      <>
        <Age at={row.observedAt} /> ago
      </>
    )
  if (row.error === '') return <span className="text-faint">{age}</span>
  return (
    <Tooltip text={row.error}>
      <button type="button" className="text-unknown underline decoration-dotted">
        ◌ {age}
      </button>
    </Tooltip>
  )
}
