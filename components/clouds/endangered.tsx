import type { ReactNode } from 'react'
import { CopyId } from '@/components/ui/copy-id'
import { Notice } from '@/components/ui/notice'
import type { BackendView, GhostView } from '@/lib/views/cloud'
import { countOf, countText } from '@/lib/views/count-text'

interface EndangeredProps {
  readonly backend: BackendView
  readonly tenants: Readonly<Record<string, string>>
}

/** Volumes of which one is enough to make a failover of the backend a split-brain. */
export function Ghosts({ backend: { ghosts, service }, tenants }: EndangeredProps) {
  if (ghosts.count === 0) return null
  return (
    <Notice
      tone="bad"
      title={`A failover of ${service.host} would go wrong: ${countOf(ghosts.count, 'volume')} in its way`}
    >
      <p>
        Cinder stops demoting at the first volume that it cannot demote, promotes all others by force while they are
        primary, and reports success. No failover before each of them is dealt with.
      </p>
      <Names
        title={`The ${countOf(ghosts.count, 'volume')}, why, and the ways out`}
        rest={ghosts.count - ghosts.list.length}
      >
        {ghosts.list.map((ghost) => (
          <Ghost key={ghost.volumeId} ghost={ghost} tenant={tenants[ghost.projectId] ?? ghost.projectId} />
        ))}
      </Names>
    </Notice>
  )
}

function Ghost({ ghost, tenant }: { readonly ghost: GhostView; readonly tenant: string }) {
  return (
    <li className="py-2.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium text-ink">{ghost.name === '' ? 'without a name' : ghost.name}</span>
        <CopyId id={ghost.volumeId} keep={20} />
      </p>
      <p className="text-sm text-faint">
        {tenant} · status {ghost.status} · replication {ghost.replicationStatus ?? 'empty'}
      </p>
      <ul className="mt-1 text-sm">
        {ghost.reasons.map((reason) => (
          <li key={reason}>{reason}.</li>
        ))}
      </ul>
      <ul className="mt-1 ml-4 list-disc text-sm text-faint">
        {ghost.waysOut.map((way) => (
          <li key={way}>{way}</li>
        ))}
      </ul>
    </li>
  )
}

/** Volumes without replication: a failover puts them in `error`, and the way back does not put them right. */
export function SpoiledVolumes({ backend: { spoiled, service }, tenants }: EndangeredProps) {
  if (spoiled.count === 0) return null
  const snapshots = spoiled.snapshots === 0 ? '' : ` and ${countOf(spoiled.snapshots, 'snapshot')} of them`
  return (
    <Notice
      tone="behind"
      title={`A failover of ${service.host} would put ${countOf(spoiled.count, 'volume')}${snapshots} in error`}
    >
      <p>They are not replicated, so what they hold is not at the other site. The way back does not put them right.</p>
      <Names title={`The ${countOf(spoiled.count, 'volume')}`} rest={spoiled.count - spoiled.list.length}>
        {spoiled.list.map(({ volumeId, name, projectId, status, snapshotIds }) => (
          <li key={volumeId} className="py-2">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="text-ink">{name === '' ? 'without a name' : name}</span>
              <CopyId id={volumeId} keep={20} />
            </p>
            <p className="text-sm text-faint">
              {tenants[projectId] ?? projectId} · {status}
              {snapshotIds.length > 0 && ` · ${countOf(snapshotIds.length, 'snapshot')}`}
            </p>
          </li>
        ))}
      </Names>
    </Notice>
  )
}

interface NamesProps {
  readonly title: string
  /** How many more there are than are listed. */
  readonly rest: number
  readonly children: ReactNode
}

function Names({ title, rest, children }: NamesProps) {
  return (
    <details className="mt-2">
      <summary className="cursor-pointer text-sm text-ink underline-offset-3 hover:underline">{title}</summary>
      <ul className="mt-1 flex max-h-96 flex-col divide-y divide-line overflow-y-auto">
        {children}
        {rest > 0 && <li className="py-2 text-sm text-faint">and {countText(rest)} more</li>}
      </ul>
    </details>
  )
}
