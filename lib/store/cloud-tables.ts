/**
 * What the poller knows of clouds, by the site that each is configured at. Times are epoch milliseconds; columns that hold
 * JSON say so. Rows are written where they changed: when they were read belongs to the reading of their kind.
 */

export interface CloudsTable {
  site: string
  /** ok, failing (some reads fail), silent (nothing answers), new (not read yet). */
  state: string
  last_ok_at: number | null
  silent_since: number | null
  error: string
  /** JSON of a CloudReport (domain/cloud-report): what follows from all readings together. */
  report: string | null
}

/** One kind of thing (domain/cloud-age `CLOUD_KINDS`) as it was last read whole. */
export interface CloudReadingsTable {
  site: string
  kind: string
  observed_at: number | null
  /** Duration of the round that it was read in. */
  took_ms: number | null
  /** What failed last; '' while all is well. What was read before stays. */
  error: string
  things: number
  /** JSON of what is small enough to be kept whole: identity, projects, types, services, pools, users. */
  json: string | null
}

export interface CloudVolumesTable {
  site: string
  id: string
  name: string
  project_id: string
  /** The tenant's name; its id where that is not known. */
  tenant: string
  status: string
  size_gb: number
  type_name: string | null
  /** `cinder@ceph`, without its pool; null where no backend took it. `host` has the pool. */
  backend: string | null
  host: string | null
  replication_status: string | null
  bootable: number
  multiattach: number
  encrypted: number
  glance_image_id: string | null
  snapshot_id: string | null
  source_volume_id: string | null
  name_id: string
  /** Pool by the backend's location_info, else by an attachment; null where neither says it. */
  rbd_pool: string | null
  rbd_image: string
  /** JSON of Record<string, string>. */
  metadata: string
  /** JSON of StoredAttachment[]. */
  attachments: string
  created_at: number
  changed_at: number
}

/** An attachment as it stands in its volume's row: who, and by which monitors and secret. */
export interface StoredAttachment {
  readonly attachmentId: string
  readonly serverId: string | null
  readonly device: string
  readonly hostName: string | null
  readonly status: string
  readonly connection: {
    readonly monitors: readonly string[]
    readonly clusterName: string
    readonly user: string
    readonly secretUuid: string
  } | null
}

/** Which servers a volume is attached to, to be found from either side. */
export interface CloudVolumeServersTable {
  site: string
  volume_id: string
  server_id: string
}

export interface CloudSnapshotsTable {
  site: string
  id: string
  name: string
  volume_id: string
  status: string
  project_id: string
  size_gb: number
  changed_at: number
}

export interface CloudImagesTable {
  site: string
  id: string
  name: string
  status: string
  project_id: string
  visibility: string
  size_bytes: number | null
  /** JSON of string[]. */
  locations: string
  rbd_pool: string | null
  rbd_image: string | null
  /** 1 where Glance hides its locations, and pool and image are a guess. */
  guessed: number
  changed_at: number
}

export interface CloudServersTable {
  site: string
  id: string
  name: string
  project_id: string
  /** The tenant's name; its id where that is not known. */
  tenant: string
  status: string
  task_state: string | null
  host: string | null
  flavor: string
  /** JSON of string[], as Nova has them. */
  volume_ids: string
  glance_image_id: string | null
  root_device: string | null
  /** JSON of string[]. */
  addresses: string
  /** JSON of Record<string, string>. */
  metadata: string
  locked: number
  created_at: number
  changed_at: number
}

/** Images that bear a volume's name and that no volume of the cloud has (domain/cloud-orphans). */
export interface CloudOrphansTable {
  site: string
  image_id: string
}

export interface CloudTables {
  clouds: CloudsTable
  cloud_readings: CloudReadingsTable
  cloud_volumes: CloudVolumesTable
  cloud_volume_servers: CloudVolumeServersTable
  cloud_snapshots: CloudSnapshotsTable
  cloud_images: CloudImagesTable
  cloud_servers: CloudServersTable
  cloud_orphans: CloudOrphansTable
}
