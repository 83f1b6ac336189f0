/** What an OpenStack cloud says of itself, in the words of its own services. Times are epoch milliseconds. */

/** A cinder-volume service, which is one backend: `host` is `cinder@ceph`, without a pool. */
export interface VolumeService {
  readonly host: string
  readonly status: 'enabled' | 'disabled'
  readonly disabledReason: string
  readonly state: 'up' | 'down'
  /** Null where it says none: with a site dead it stays `up`, so it is no sign of a site's health. */
  readonly backendState: 'up' | 'down' | null
  /** Cinder's word: enabled, disabled, failing-over, failed-over, failover-error, error, not-capable. */
  readonly replicationStatus: string
  /** Null: the backend that its configuration names first. Cinder says null before the first failover and '' after a failback. */
  readonly activeBackendId: string | null
  readonly frozen: boolean
  readonly updatedAt: number | null
}

/** A pool of a backend as the scheduler knows it. One that was failed over is in no list until it is thawed. */
export interface BackendPool {
  /** `cinder@ceph#ceph`. */
  readonly name: string
  /** `cinder@ceph`. */
  readonly host: string
  readonly backendName: string
  readonly replicationEnabled: boolean
  /** Names that failover_host takes; `default` is the way back. */
  readonly targets: readonly string[]
  /** Of the RBD driver's `location_info`: where it keeps its volumes now. Null where it is another driver. */
  readonly location: {
    readonly conf: string
    readonly fsid: string
    readonly user: string
    readonly pool: string
  } | null
  readonly totalGb: number | null
  readonly freeGb: number | null
}

export interface VolumeType {
  readonly id: string
  readonly name: string
  /** `replication_enabled` is `<is> True`. */
  readonly replicated: boolean
  readonly backendName: string | null
  readonly extraSpecs: Readonly<Record<string, string>>
}

export interface Volume {
  readonly id: string
  readonly name: string
  readonly projectId: string
  /** available, in-use, error, creating, … as Cinder says it. */
  readonly status: string
  readonly sizeGb: number
  readonly typeName: string | null
  /** Of its backend, with the pool: `cinder@ceph#ceph`; null where none took it. */
  readonly host: string | null
  /** enabled, disabled, failed-over, failover-error, not-capable, enabling; null where creation failed or it was adopted. */
  readonly replicationStatus: string | null
  /** Of a migration or a retype between backends, as Cinder says it; null where there was none. */
  readonly migrationStatus: string | null
  readonly bootable: boolean
  readonly multiattach: boolean
  readonly encrypted: boolean
  /** The Glance image that it was made from; null where none. */
  readonly glanceImageId: string | null
  readonly snapshotId: string | null
  readonly sourceVolumeId: string | null
  /** The id in the name of its RBD image: its own, or another one after a migration. */
  readonly nameId: string
  readonly metadata: Readonly<Record<string, string>>
  readonly attachedTo: readonly {
    readonly attachmentId: string
    readonly serverId: string
    readonly device: string
    readonly hostName: string | null
  }[]
  readonly createdAt: number
}

export interface VolumeSnapshot {
  readonly id: string
  readonly name: string
  readonly volumeId: string
  readonly status: string
  readonly projectId: string
  readonly sizeGb: number
}

/** How a server reaches a volume: what Nova was given, and keeps until the attachment is made anew. */
export interface VolumeAttachment {
  readonly id: string
  readonly volumeId: string
  /** Null where nobody is named. */
  readonly serverId: string | null
  /** attached, attaching, reserved, detaching, … */
  readonly status: string
  readonly connection: {
    /** `pool/image`. */
    readonly image: string
    /** Monitors as `host:port`. */
    readonly monitors: readonly string[]
    readonly clusterName: string
    readonly user: string
    readonly secretUuid: string
  } | null
}

export interface GlanceImage {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly projectId: string
  readonly visibility: string
  readonly sizeBytes: number | null
  /** `rbd://FSID/POOL/IMAGE/SNAPSHOT` and others, as far as Glance shows them; empty where it hides them. */
  readonly locations: readonly string[]
}

export interface Server {
  readonly id: string
  readonly name: string
  readonly projectId: string
  /** ACTIVE, SHUTOFF, ERROR, SHELVED_OFFLOADED, … */
  readonly status: string
  readonly taskState: string | null
  readonly host: string | null
  readonly flavor: string
  /** Volumes that are attached to it, by id. */
  readonly volumeIds: readonly string[]
  /** Null where it boots from a volume. */
  readonly glanceImageId: string | null
  readonly rootDevice: string | null
  readonly addresses: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
  readonly locked: boolean
  readonly createdAt: number
}

/** A volume as Nova has it on a server: what would be lost of it with the attachment. */
export interface ServerDisk {
  readonly serverId: string
  readonly volumeId: string
  /** What the guest finds it by; null where none was given. */
  readonly tag: string | null
  /** Deleted with its server. */
  readonly deleteOnTermination: boolean
}

/** A nova-compute service, which is one host. */
export interface ComputeService {
  readonly host: string
  readonly state: 'up' | 'down'
  readonly status: 'enabled' | 'disabled'
  /** Somebody said that it is down: what evacuates it waits for no heartbeat to run out. */
  readonly forcedDown: boolean
}

export interface Project {
  readonly id: string
  readonly name: string
}

/** Whom the cloud takes us for, and what it offers. */
export interface CloudIdentity {
  readonly region: string | null
  readonly user: string
  /** Null where the token is for the system or a domain. */
  readonly project: string | null
  readonly roles: readonly string[]
  readonly services: readonly {
    /** volume, compute, image, network, identity, orchestration. */
    readonly service: CloudService
    readonly url: string
    /** Highest microversion that both sides speak; null where the service has none. */
    readonly microversion: string | null
  }[]
}

export const CLOUD_SERVICES = ['identity', 'volume', 'image', 'compute', 'network', 'orchestration'] as const
export type CloudService = (typeof CLOUD_SERVICES)[number]
