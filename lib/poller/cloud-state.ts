import type {
  BackendPool,
  CloudIdentity,
  Project,
  VolumeAttachment,
  VolumeService,
  VolumeType,
} from '@/lib/domain/cloud'
import { CLOUD_KINDS, type CloudKind } from '@/lib/domain/cloud-age'
import type { CloudReport } from '@/lib/domain/cloud-report'
import type { Conflict } from '@/lib/domain/group-conflicts'
import type { GroupNews } from '@/lib/domain/group-items'
import type { KnownStack } from '@/lib/domain/known-stack'
import type { SiteName } from '@/lib/domain/words'
import type { StoredCloud } from '@/lib/store/cloud'
import type {
  CloudImagesTable,
  CloudServersTable,
  CloudSnapshotsTable,
  CloudVolumesTable,
} from '@/lib/store/cloud-tables'

export type CloudCondition = 'new' | 'ok' | 'failing' | 'silent'

export interface CloudReading {
  observedAt: number | null
  tookMs: number | null
  error: string
  things: number
  changed: boolean
}

/** A pool as it was last listed: one of a backend that was failed over is in no list until it is thawed. */
export interface SeenPool {
  readonly pool: BackendPool
  readonly seenAt: number
}

/** Is the user of a backend known at a site? */
export interface SeenUser {
  readonly site: SiteName
  readonly user: string
  readonly known: boolean
}

/** All that the poller knows of one cloud. The store is written from it. */
export interface CloudState {
  readonly site: SiteName
  /** By backend, the sites behind the names of its targets: from the configuration. */
  readonly backends: Readonly<Record<string, { readonly targets: Readonly<Record<string, SiteName>> }>>
  condition: CloudCondition
  lastOkAt: number | null
  silentSince: number | null
  error: string
  readonly readings: Record<CloudKind, CloudReading>
  identity: CloudIdentity | null
  projects: readonly Project[]
  types: readonly VolumeType[]
  services: readonly VolumeService[]
  pools: readonly SeenPool[]
  users: readonly SeenUser[]
  stacks: readonly KnownStack[]
  /** By volume, of the last reading of attachments; null before the first one after a start. */
  attachments: ReadonlyMap<string, readonly VolumeAttachment[]> | null
  readonly volumes: Map<string, CloudVolumesTable>
  readonly snapshots: Map<string, CloudSnapshotsTable>
  readonly images: Map<string, CloudImagesTable>
  readonly servers: Map<string, CloudServersTable>
  /** What is new of its groups. */
  groups: readonly GroupNews[]
  groupConflicts: readonly Conflict[]
  /** By volume, the RPO of its group. Seconds. */
  groupRpos: ReadonlyMap<string, number>
  /** Objectives of single images by `pool/image`, from their groups and the types of their volumes. Seconds. */
  objectives: ReadonlyMap<string, number>
  orphans: readonly string[]
  orphanCandidates: ReadonlySet<string>
  report: CloudReport | null
}

export function newCloud(site: SiteName, backends: CloudState['backends']): CloudState {
  const reading = (): CloudReading => ({ observedAt: null, tookMs: null, error: '', things: 0, changed: false })
  return {
    site,
    backends,
    condition: 'new',
    lastOkAt: null,
    silentSince: null,
    error: '',
    readings: Object.fromEntries(CLOUD_KINDS.map((kind) => [kind, reading()])) as CloudState['readings'],
    identity: null,
    projects: [],
    types: [],
    services: [],
    pools: [],
    users: [],
    stacks: [],
    attachments: null,
    volumes: new Map(),
    snapshots: new Map(),
    images: new Map(),
    servers: new Map(),
    groups: [],
    groupConflicts: [],
    groupRpos: new Map(),
    objectives: new Map(),
    orphans: [],
    orphanCandidates: new Set(),
    report: null,
  }
}

/** What is small is kept whole with its reading. */
export const SMALL = ['identity', 'projects', 'types', 'services', 'pools', 'users', 'stacks'] as const

/** The cloud as it was when the poller stopped. */
export function loadCloudState(state: CloudState, stored: StoredCloud): CloudState {
  if (stored.cloud !== null) {
    state.lastOkAt = stored.cloud.last_ok_at
    state.silentSince = stored.cloud.silent_since
    state.report = stored.cloud.report === null ? null : JSON.parse(stored.cloud.report)
  }
  for (const row of stored.readings) {
    const kind = CLOUD_KINDS.find((one) => one === row.kind)
    if (kind === undefined) continue
    const { observed_at: observedAt, took_ms: tookMs, things } = row
    state.readings[kind] = { observedAt, tookMs, error: '', things, changed: false }
    const small = SMALL.find((one) => one === kind)
    if (small !== undefined && row.json !== null) Object.assign(state, { [small]: JSON.parse(row.json) })
  }
  for (const row of stored.volumes) state.volumes.set(row.id, row)
  for (const row of stored.snapshots) state.snapshots.set(row.id, row)
  for (const row of stored.images) state.images.set(row.id, row)
  for (const row of stored.servers) state.servers.set(row.id, row)
  state.orphans = stored.orphans
  state.orphanCandidates = new Set(stored.orphans)
  return state
}
