'use client'

import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { StateText } from '@/components/ui/state-mark'
import { Veil } from '@/components/ui/veil'
import type { CloudView } from '@/lib/views/cloud'
import { cloudPulse, staleKind } from '@/lib/views/cloud-pulse'
import { Backend } from './backend'
import { CloudIdentityLine } from './cloud-identity'
import { CloudLeftovers } from './cloud-leftovers'

/** Cinder of one cloud: its backends, where they are, and what a failover of each would meet. */
export function CloudCard({ cloud }: { readonly cloud: CloudView }) {
  const now = useNow()
  const pulse = cloudPulse(cloud, now)
  const stale = staleKind(cloud, ['services', 'pools', 'volumes'], now)
  const { report } = cloud
  return (
    <Card title={`Cinder at ${cloud.site}`} aside={<StateText tone={pulse.tone}>{pulse.text}</StateText>}>
      <div className="flex flex-col gap-5">
        <Answers cloud={cloud} now={now} />
        {report === null || report.backends.length === 0 ? (
          <Empty title={report === null ? 'Not read yet' : 'No cinder-volume service is known'}>
            <code>openstack volume service list</code> names them.
          </Empty>
        ) : (
          <Veil since={stale === null ? null : <Since kind={stale.kind} at={stale.observedAt} />}>
            <div className="flex flex-col divide-y divide-line">
              {report.backends.map((backend) => (
                <Backend
                  key={backend.service.host}
                  backend={backend}
                  tenants={cloud.tenants}
                  freshness={stale === null ? 'fresh' : 'stale'}
                />
              ))}
            </div>
          </Veil>
        )}
        {report !== null && <CloudLeftovers report={report} site={cloud.site} />}
        <CloudIdentityLine cloud={cloud} />
      </div>
    </Card>
  )
}

/** `services not read since 02:14:07 UTC` */
function Since({ kind, at }: { readonly kind: string; readonly at: number | null }) {
  if (at === null) return <>{kind} were not read yet</>
  return (
    <>
      {kind} not read since <Moment at={at} />: what follows may be otherwise by now
    </>
  )
}

function Answers({ cloud, now }: { readonly cloud: CloudView; readonly now: number }) {
  if (cloud.state === 'silent') {
    return (
      <Notice tone="unknown" title={`The cloud at ${cloud.site}: ${cloudPulse(cloud, now).text}`}>
        <p>{cloud.error}</p>
        <p>Mirroring does not depend on it, and is read as ever. Nothing can be failed over at Cinder meanwhile.</p>
      </Notice>
    )
  }
  if (cloud.error === '') return null
  return (
    <Notice tone="behind" title="Not everything of this cloud could be read">
      <p>{cloud.error}</p>
    </Notice>
  )
}
