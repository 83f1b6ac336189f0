'use client'

import { Age } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Card } from '@/components/ui/card'
import { CopyId } from '@/components/ui/copy-id'
import { Empty } from '@/components/ui/empty'
import { Fact, Facts } from '@/components/ui/facts'
import { StateText } from '@/components/ui/state-mark'
import type { SiteView } from '@/lib/views/site'
import { staleSince } from '@/lib/views/site-pulse'
import { HealthText } from './health-text'

export function ClusterCard({ site }: { readonly site: SiteView }) {
  const { facts, factsAt } = site
  const since = staleSince(site, useNow())
  return (
    <Card
      title="Cluster"
      aside={
        factsAt === null ? undefined : (
          <>
            read <Age at={factsAt} /> ago
          </>
        )
      }
    >
      {facts === null ? (
        <Empty title="Not read yet">
          <code>ceph health detail</code>, <code>ceph df</code> and <code>ceph osd stat</code> are asked for about once
          a minute.
        </Empty>
      ) : (
        <>
          <Facts>
            <Fact label="Health">
              <HealthText status={facts.health.status} staleSince={since} />
            </Fact>
            <Fact label="OSDs up">
              {facts.osdsUp === facts.osdsTotal ? (
                `${facts.osdsUp} of ${facts.osdsTotal}`
              ) : (
                <StateText tone="behind">
                  {facts.osdsUp} of {facts.osdsTotal}
                </StateText>
              )}
            </Fact>
            <Fact label="Release">{facts.version}</Fact>
            <Fact label="fsid">
              <CopyId id={facts.fsid} keep={36} />
            </Fact>
            <Fact label="Monitors">
              <span className="font-mono text-sm">{facts.monAddresses.join(', ')}</span>
            </Fact>
            <Fact label="Clock against this machine">
              <Clock site={site} />
            </Fact>
            <Fact label="Last answer">
              {site.lastOkAt === null ? (
                'never'
              ) : (
                <>
                  <Age at={site.lastOkAt} /> ago
                </>
              )}
            </Fact>
            {site.roundMs !== null && <Fact label="A round of all pools takes">{site.roundMs} ms</Fact>}
          </Facts>
          <Checks site={site} />
        </>
      )}
    </Card>
  )
}

function Clock({ site: { clock } }: { readonly site: SiteView }) {
  if (clock === null) return <span className="text-unknown">◌ not compared yet</span>
  const { skewMs, boundMs } = clock
  const words = `${skewMs > 0 ? '+' : ''}${skewMs} ms, ± ${boundMs} ms`
  return Math.abs(skewMs) - boundMs > 1000 ? <StateText tone="behind">{words}</StateText> : words
}

function Checks({ site: { facts } }: { readonly site: SiteView }) {
  const checks = facts?.health.checks ?? []
  if (checks.length === 0) return null
  return (
    <ul aria-label="Health checks" className="mt-4 flex flex-col gap-2 border-t border-line pt-4">
      {checks.map((check) => (
        <li key={check.code} className="text-sm">
          <StateText tone={check.severity === 'HEALTH_ERR' ? 'bad' : 'behind'}>
            <span className="font-mono">{check.code}</span>
          </StateText>{' '}
          <span className="text-dim">{check.summary}</span>
        </li>
      ))}
    </ul>
  )
}
