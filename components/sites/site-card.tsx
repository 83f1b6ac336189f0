'use client'

import clsx from 'clsx'
import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Fact, Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { StateMark, StateText } from '@/components/ui/state-mark'
import type { Stream } from '@/lib/domain/summary'
import { countText } from '@/lib/views/count-text'
import type { SiteView } from '@/lib/views/site'
import { siteDaemons } from '@/lib/views/site-daemons'
import { pulseOf, staleSince } from '@/lib/views/site-pulse'
import { CapacityBar } from './capacity-bar'
import { HealthText } from './health-text'

interface SiteCardProps {
  readonly site: SiteView
  readonly streams: readonly Stream[] | null
}

/** One site in the list: enough to see whether to open it. */
export function SiteCard({ site, streams }: SiteCardProps) {
  const now = useNow()
  const pulse = pulseOf(site, now)
  const since = staleSince(site, now)
  const { facts } = site
  return (
    <Link
      href={`/sites/${encodeURIComponent(site.name)}`}
      className={clsx(
        'flex min-w-0 flex-col gap-4 rounded-xl border bg-panel p-5 hover:border-line-strong hover:bg-raised',
        since === null ? 'border-line' : 'border-dashed border-line-strong',
      )}
    >
      <span className="flex items-baseline justify-between gap-3">
        <span className="flex items-baseline gap-1.5 text-lg font-semibold">
          <StateMark tone={pulse.tone} className="text-sm" />
          {site.name}
        </span>
        <span className={since === null ? 'text-sm text-faint' : 'text-sm text-unknown'}>{pulse.text}</span>
      </span>
      {since !== null && (
        <span className="hatched -my-1 rounded-md px-2 py-1 text-sm text-unknown">
          ◌ what follows is from <Moment at={since} />
        </span>
      )}
      <Facts>
        <Fact label="Ceph">
          <HealthText status={facts?.health.status ?? null} staleSince={since} />
        </Fact>
        <Fact label="rbd-mirror">
          <Daemons site={site} since={since} />
        </Fact>
        <Fact label="Images">{streams === null ? <Unread /> : roles(site.name, streams)}</Fact>
        <Fact label="Pools mirrored">{mirroredPools(site)}</Fact>
        <Fact label="Release">{facts === null ? <Unread /> : facts.version}</Fact>
      </Facts>
      {site.error !== '' && <span className="text-sm text-faint">{site.error}</span>}
      {facts !== null && (
        <span className="mt-auto block">
          <CapacityBar usedBytes={facts.usedBytes} totalBytes={facts.totalBytes} />
        </span>
      )}
    </Link>
  )
}

const Unread = () => <span className="text-unknown">◌ not read yet</span>

function Daemons({ site, since }: { readonly site: SiteView; readonly since: number | null }) {
  const daemons = siteDaemons(site.pools)
  if (daemons === null) return <Unread />
  const well = daemons.filter(({ health }) => health === 'OK').length
  const words = `${well} of ${daemons.length} well`
  if (since !== null) return <StateText tone="unknown">was {words}</StateText>
  if (daemons.length === 0) return <StateText tone="bad">none answers</StateText>
  return <StateText tone={well === daemons.length ? 'ok' : 'behind'}>{words}</StateText>
}

function mirroredPools({ pools }: SiteView): string {
  const mirrored = pools.filter(({ pair }) => pair !== null).length
  return pools.length === 0 ? 'not read yet' : `${mirrored} of ${pools.length}`
}

function roles(site: string, streams: readonly Stream[]): string {
  const sum = (list: readonly Stream[]) => list.reduce((total, { images }) => total + images, 0)
  const primary = sum(streams.filter(({ from }) => from === site))
  const copies = sum(streams.filter(({ to }) => to === site))
  return `${countText(primary)} primary, ${countText(copies)} copies`
}
