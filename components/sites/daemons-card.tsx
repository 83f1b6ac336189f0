'use client'

import { useNow } from '@/components/live/clock'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { StateText, type Tone } from '@/components/ui/state-mark'
import type { SiteView } from '@/lib/views/site'
import { type SiteDaemon, siteDaemons } from '@/lib/views/site-daemons'
import { staleSince } from '@/lib/views/site-pulse'

const TONES: Record<SiteDaemon['health'], Tone> = { OK: 'ok', WARNING: 'behind', ERROR: 'bad', UNKNOWN: 'unknown' }

export function DaemonsCard({ site }: { readonly site: SiteView }) {
  const daemons = siteDaemons(site.pools)
  const since = staleSince(site, useNow())
  return (
    <Card
      title="rbd-mirror"
      aside={daemons === null ? undefined : `${daemons.length} ${since === null ? 'running' : 'when last read'}`}
    >
      {daemons === null && (
        <Empty title="Not read yet">
          <code>rbd mirror pool status POOL --verbose</code> names the daemons.
        </Empty>
      )}
      {daemons?.length === 0 && (
        <Empty title="No rbd-mirror answers here">
          Nothing is copied to {site.name} until one runs: <code>systemctl start ceph-rbd-mirror@…</code>,{' '}
          <code>ceph orch apply rbd-mirror</code>, or the operator of Rook.
        </Empty>
      )}
      {daemons !== null && daemons.length > 0 && (
        <ul className="-my-2.5 flex flex-col divide-y divide-line">
          {daemons.map((daemon) => (
            <Daemon key={daemon.instanceId} daemon={daemon} since={since} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Daemon({ daemon, since }: { readonly daemon: SiteDaemon; readonly since: number | null }) {
  return (
    <li className="py-2.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{daemon.hostname}</span>
        {since === null ? (
          <StateText tone={TONES[daemon.health]}>{daemon.health}</StateText>
        ) : (
          <StateText tone="unknown">was {daemon.health}</StateText>
        )}
      </p>
      <p className="text-sm text-dim">
        {daemon.version} · <span className="font-mono">{daemon.clientId}</span> · instance{' '}
        <span className="font-mono">{daemon.instanceId}</span>
      </p>
      <p className="text-sm text-faint">
        {daemon.leads.length > 0 ? `leads ${daemon.leads.join(', ')}` : `stands by for ${daemon.serves.join(', ')}`}
      </p>
      {daemon.callouts.map((callout) => (
        <p key={callout} className="mt-1 text-sm text-behind">
          ▲ {callout}
        </p>
      ))}
    </li>
  )
}
