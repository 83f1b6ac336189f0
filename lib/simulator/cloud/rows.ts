import type { SiteName } from '@/lib/domain/words'

/** What the services of a cloud keep in their databases. Times are epoch milliseconds. */

export interface ServiceRow {
  /** `cinder-site-a@ceph`. */
  readonly id: string
  readonly disabled: boolean
  readonly disabledReason: string | null
  readonly replicationStatus: string
  /** Null before the first failover, '' after a failback. */
  readonly activeBackendId: string | null
  readonly frozen: boolean
}

export interface TypeRow {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly extraSpecs: Readonly<Record<string, string>>
  readonly createdAt: number
}

export interface VolumeRow {
  readonly id: string
  readonly name: string
  readonly projectId: string
  readonly userId: string
  readonly status: string
  readonly sizeGb: number
  readonly typeId: string | null
  readonly host: string | null
  readonly replicationStatus: string | null
  /** Left out: there was none. */
  readonly migrationStatus?: string | null
  readonly bootable: boolean
  /** What Glance said of the image that it was made from. */
  readonly imageMeta: Readonly<Record<string, string>> | null
  readonly snapshotId: string | null
  readonly sourceVolumeId: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly createdAt: number
  readonly updatedAt: number | null
}

export interface SnapshotRow {
  readonly id: string
  readonly name: string
  readonly volumeId: string
  readonly projectId: string
  readonly userId: string
  readonly status: string
  readonly sizeGb: number
  readonly createdAt: number
  readonly updatedAt: number | null
}

/** How Cinder told Nova to reach a volume. Kept until the attachment is made anew. */
export interface Connection {
  /** The site whose monitors these are. */
  readonly site: SiteName
  readonly name: string
  readonly hosts: readonly string[]
  readonly ports: readonly string[]
  readonly clusterName: string
  readonly user: string
  readonly secretUuid: string
}

export interface AttachmentRow {
  readonly id: string
  readonly volumeId: string
  readonly serverId: string
  readonly status: 'attached' | 'reserved'
  readonly device: string
  readonly hostName: string | null
  readonly attachedAt: number | null
  readonly connection: Connection | null
  /** Nova's own words, kept with the attachment and gone with it. Left out: null, and false. */
  readonly tag?: string | null
  readonly deleteOnTermination?: boolean
}

export interface MessageRow {
  readonly id: string
  readonly resourceId: string
  readonly text: string
  readonly requestId: string
  readonly createdAt: number
}

export interface ServerRow {
  readonly id: string
  readonly name: string
  readonly projectId: string
  readonly userId: string
  readonly vmState: 'building' | 'active' | 'stopped' | 'shelved_offloaded' | 'error'
  readonly taskState: string | null
  readonly host: string | null
  readonly flavorId: string
  readonly imageId: string | null
  readonly rootDevice: string
  readonly metadata: Readonly<Record<string, string>>
  readonly address: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

export interface ImageRow {
  readonly id: string
  readonly name: string
  readonly status: 'queued' | 'active'
  readonly projectId: string
  readonly visibility: string
  readonly sizeBytes: number | null
  readonly locations: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

/** A project's own limits; what has none here has Cinder's defaults. */
export interface QuotaRow {
  readonly id: string
  readonly volumes: number
  readonly gigabytes: number
}

export interface KeypairRow {
  /** Name and user: a user's names are its own. */
  readonly id: string
  readonly name: string
  readonly userId: string
  readonly publicKey: string
}

/** A stack of Heat and what it has made. */
export interface StackRow {
  readonly id: string
  readonly name: string
  readonly projectId: string
  readonly status: string
  readonly resources: readonly {
    readonly name: string
    readonly type: string
    readonly physicalId: string
    readonly status: string
  }[]
  readonly createdAt: number
  readonly updatedAt: number | null
}

export interface Tables {
  readonly services: ServiceRow
  readonly types: TypeRow
  readonly volumes: VolumeRow
  readonly snapshots: SnapshotRow
  readonly attachments: AttachmentRow
  readonly messages: MessageRow
  readonly servers: ServerRow
  readonly images: ImageRow
  readonly quotas: QuotaRow
  readonly keypairs: KeypairRow
  readonly stacks: StackRow
}

export type Table = keyof Tables

/** A row as it is from now on; null: it is gone. */
export type Change = {
  [T in Table]: { readonly table: T; readonly id: string; readonly row: Tables[T] | null }
}[Table]

/** A row that is there from the beginning. */
export type Seed = { [T in Table]: { readonly table: T; readonly row: Tables[T] } }[Table]

/** The RBD image of a volume, as Cinder's volume_name_template names it. */
export const imageNameOf = (volumeId: string): string => `volume-${volumeId}`
