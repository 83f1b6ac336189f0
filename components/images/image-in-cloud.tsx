'use client'

import { Age } from '@/components/live/age'
import { CopyId } from '@/components/ui/copy-id'
import { Fact, Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { StateText } from '@/components/ui/state-mark'
import { countText } from '@/lib/views/count-text'
import type { ImageCloudDetail, SeenAttachment } from '@/lib/views/image-cloud'

const TITLES = { volume: 'Volume', glance: 'Glance image', orphan: 'No volume' } as const

/** What the image is in a cloud: volume, server, tenant, and how the server reaches it. */
export function ImageInCloud({ cloud }: { readonly cloud: ImageCloudDetail }) {
  return (
    <section aria-label={TITLES[cloud.kind]} className="flex flex-col gap-3">
      <h3 className="flex items-baseline justify-between gap-4 font-semibold">
        {TITLES[cloud.kind]}
        <span className="text-sm font-normal text-faint">
          {cloud.readAt === null ? (
            'not read yet'
          ) : (
            <>
              read <Age at={cloud.readAt} /> ago
            </>
          )}
        </span>
      </h3>
      {cloud.kind === 'volume' && <VolumeFacts cloud={cloud} />}
      {cloud.kind === 'glance' && <GlanceFacts cloud={cloud} />}
      {cloud.kind === 'orphan' && (
        <StateText tone="behind">
          It bears a volume’s name, and Cinder at {cloud.site} has none of it: deleted there while its image stayed, or
          adopted elsewhere
        </StateText>
      )}
    </section>
  )
}

function VolumeFacts({ cloud }: { readonly cloud: ImageCloudDetail }) {
  const { name, id, tenant, typeName, madeFrom, attachments } = cloud
  return (
    <Facts>
      <Fact label="Name">{name === '' ? <span className="text-faint">none</span> : name}</Fact>
      <Fact label="Volume id">
        <CopyId id={id} keep={22} />
      </Fact>
      <Fact label="Tenant">
        <To params={{ tenant: tenant ?? '' }}>{tenant}</To>
      </Fact>
      <Fact label="Type">{typeName === null ? 'none' : <To params={{ type: typeName }}>{typeName}</To>}</Fact>
      <Fact label="Status">
        {cloud.status} · replication{' '}
        {cloud.replicationStatus === null ? <StateText tone="bad">empty</StateText> : cloud.replicationStatus}
      </Fact>
      <Fact label="Backend">
        <span className="font-mono text-sm">{cloud.backend ?? 'none'}</span>
        {cloud.activeSite !== null && <span className="text-faint"> at {cloud.activeSite}</span>}
      </Fact>
      {cloud.snapshots > 0 && <Fact label="Snapshots">{countText(cloud.snapshots)}</Fact>}
      {madeFrom !== null && (
        <Fact label="Made from">
          {cloud.madeFromImageId === null ? (
            madeFrom.name
          ) : (
            <To params={{ image: cloud.madeFromImageId }}>{madeFrom.name}</To>
          )}
        </Fact>
      )}
      {attachments.length === 0 ? (
        <Fact label="Server">
          <span className="text-dim">attached to none</span>
        </Fact>
      ) : (
        attachments.map((one) => (
          <Fact key={`${one.serverId}${one.device}`} label="Server">
            <Attachment attachment={one} activeSite={cloud.activeSite} />
          </Fact>
        ))
      )}
    </Facts>
  )
}

interface AttachmentProps {
  readonly attachment: SeenAttachment
  readonly activeSite: string | null
}

/** Nova keeps the monitors that it was given: after a failover they are those of the wrong site. */
function Attachment({ attachment, activeSite }: AttachmentProps) {
  const { serverId, serverName, serverStatus, device, monitors, leadsTo } = attachment
  const name = serverName ?? serverId
  return (
    <>
      {name === null ? <span className="text-faint">not named</span> : <ToServer name={name} />}
      <span className="text-faint">
        {serverStatus !== null && ` · ${serverStatus}`}
        {device !== '' && ` · ${device}`}
      </span>
      <span className="block text-sm">
        {monitors.length === 0 ? (
          <StateText tone="unknown">how it is reached is not shown</StateText>
        ) : leadsTo.length === 0 || activeSite === null ? (
          <StateText tone="unknown">by monitors of no known site</StateText>
        ) : leadsTo.includes(activeSite) ? (
          <StateText tone="ok">by monitors of {activeSite}</StateText>
        ) : (
          <StateText tone="bad">
            by monitors of {leadsTo.join(' and ')}, and it is written at {activeSite}
          </StateText>
        )}
      </span>
      {monitors.length > 0 && <span className="block font-mono text-xs text-faint">{monitors.join(', ')}</span>}
    </>
  )
}

const ToServer = ({ name }: { readonly name: string }) => (
  <Link href={`/servers?${new URLSearchParams({ q: name })}`} className="underline underline-offset-3">
    {name}
  </Link>
)

function GlanceFacts({ cloud }: { readonly cloud: ImageCloudDetail }) {
  return (
    <Facts>
      <Fact label="Name">{cloud.name === '' ? <span className="text-faint">none</span> : cloud.name}</Fact>
      <Fact label="Glance id">
        <CopyId id={cloud.id} keep={22} />
      </Fact>
      <Fact label="Status">{cloud.status}</Fact>
      {cloud.guessed && (
        <Fact label="Told by">
          <StateText tone="unknown">a guess: Glance hides its locations</StateText>
        </Fact>
      )}
    </Facts>
  )
}

function To({ params, children }: { readonly params: Record<string, string>; readonly children: React.ReactNode }) {
  return (
    <Link href={`/images?${new URLSearchParams(params)}`} className="underline underline-offset-3">
      {children}
    </Link>
  )
}
