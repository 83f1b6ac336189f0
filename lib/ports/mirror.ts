import type { DataHealth } from '@/lib/domain/data-health'
import type { JournalPosition } from '@/lib/domain/journal-position'
import type { Lineage } from '@/lib/domain/lineage'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import type { Reading } from '@/lib/domain/reading'
import type { Watcher } from '@/lib/domain/watcher'
import type { ImageSpec, MirrorMode, SiteName } from '@/lib/domain/words'
import type { ChangeOptions, CommandResult, ProcessHandle, ReadOptions } from './channel'
import type { EvidencePort } from './evidence'
import type { Secret } from './secret'

export interface PoolPeer {
  readonly uuid: string
  readonly direction: 'rx-only' | 'tx-only' | 'rx-tx'
  readonly siteName: string
  readonly mirrorUuid: string
  /** As Ceph prints it, `client.rbd-mirror-peer`. */
  readonly clientName: string
}

/** A pool's mirroring as its own site tells it. */
export interface PoolMirroring {
  readonly pool: string
  readonly mode: 'disabled' | 'image' | 'pool'
  readonly siteName: string
  readonly peers: readonly PoolPeer[]
}

export interface MirrorDaemon {
  readonly serviceId: string
  readonly instanceId: string
  readonly clientId: string
  readonly hostname: string
  readonly version: string
  readonly leader: boolean
  readonly health: 'OK' | 'WARNING' | 'ERROR' | 'UNKNOWN'
  readonly callouts: readonly string[]
}

/** A snapshot schedule at the level where it is set; `image` null is the whole pool, `pool` null the whole cluster. */
export interface SnapshotSchedule {
  readonly pool: string | null
  readonly namespace: string | null
  readonly image: string | null
  /** As Ceph writes it: `1m`, `1h`, `1d`. */
  readonly interval: string
  readonly startTime: string | null
}

/** All mirrored images of one pool at one site. `observedAt` belongs to the pool, not to an image. */
export interface PoolStatuses {
  readonly pool: string
  readonly observedAt: number
  readonly rows: readonly MirrorRow[]
}

export interface JournalSample {
  readonly imageId: string
  /** Time at the site BEFORE the tail was read, epoch milliseconds: what was acknowledged by then lies at or before `tail`. */
  readonly at: number
  readonly tail: JournalPosition | null
  /** What the journal keeps for its readers, at most; null where it was not known at this sample. */
  readonly keptBytes: number | null
  readonly clients: readonly { readonly id: string; readonly position: JournalPosition | null }[]
}

export interface SnapshotMark {
  readonly id: number
  readonly complete: boolean
  readonly primarySnapId: number | null
  readonly primary: boolean
  readonly takenAt: number
}

/** The mirror snapshots of one image at one site, oldest first, and whether its head hangs on a parent there. */
export interface SnapshotLook {
  readonly marks: readonly SnapshotMark[]
  readonly isClone: boolean
}

/** What stands under a name at one site, mirrored or not. `snapshots`: names of the users' own, oldest first. */
export type FoundImage =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'there'
      readonly imageId: string
      /** Null where mirroring is not enabled on it. */
      readonly globalId: string | null
      readonly snapshots: readonly string[]
      /** As librbd names them: `exclusive-lock`, `journaling`, … */
      readonly features: readonly string[]
    }

/** An image of a pool, mirrored or not. */
export interface PoolImage {
  readonly spec: ImageSpec
  readonly imageId: string
  readonly sizeBytes: number
  /** As librbd names them: `exclusive-lock`, `journaling`, … */
  readonly features: readonly string[]
  /** Null where it is no clone. A parent in the trash is named by its id. */
  readonly parent: ImageSpec | null
  /** Clones of its snapshots, in every pool of the site; null where they cannot be counted. */
  readonly children: number | null
  /** Null where mirroring is not enabled on it. `state` is `enabled` but for moments while it is being changed. */
  readonly mirrored: {
    readonly mode: MirrorMode
    readonly globalId: string
    readonly role: 'primary' | 'non-primary'
    readonly state: 'enabled' | 'disabling' | 'disabled' | 'creating'
  } | null
}

/** Does an address, `host:port`, take a TCP connection? `text` says how it answered, or that it did not. */
export interface Reached {
  readonly address: string
  readonly reached: boolean
  readonly text: string
}

/** Mirroring at one site. Batch-shaped: never one call an image in a loop above this port. Throws AdapterError. */
export interface MirrorPort {
  readonly site: SiteName
  poolMirroring(pool: string): Promise<PoolMirroring>
  /** What this site's pool is known by to its peers (`PoolPeer.mirrorUuid` there); '' where it is not mirrored. */
  mirrorUuid(pool: string): Promise<string>
  /** The site's living rbd-mirror daemons, also for a pool that nobody mirrors: there none is leader. */
  daemons(pool: string): Promise<readonly MirrorDaemon[]>
  schedules(): Promise<readonly SnapshotSchedule[]>
  /** What the cluster says of the data that it keeps: asked before the other copy of them is deleted. */
  dataHealth(): Promise<DataHealth>
  statuses(pool: string, options?: ReadOptions): Promise<PoolStatuses>
  /** In the order asked. An image that cannot be read is `unknown` and spoils no other. */
  lineages(images: readonly ImageSpec[], options?: ReadOptions): Promise<readonly Reading<Lineage>[]>
  /** In the order asked; named through the monitors' sessions. */
  watchers(images: readonly ImageSpec[]): Promise<readonly Reading<readonly Watcher[]>[]>
  journalSamples(pool: string, imageIds: readonly string[]): Promise<readonly Reading<JournalSample>[]>
  snapshotMarks(images: readonly ImageSpec[]): Promise<readonly Reading<SnapshotLook>[]>
  /** In the order asked: what has these names now. One that cannot be read is `unknown`; one that is not there is known. */
  found(images: readonly ImageSpec[]): Promise<readonly Reading<FoundImage>[]>
  /** Every image of a pool by name. One that appears or goes meanwhile may be left out. */
  poolImages(pool: string): Promise<readonly PoolImage[]>
  /** In the order asked: tried from the site itself, so that a second eye looks at another site. */
  reaches(addresses: readonly string[]): Promise<readonly Reached[]>
  /**
   * Runs a command whose stdout is a secret (`peerCreateToken`, `peerKey`) and hands it on in memory alone. These make a
   * user where it is missing; run twice they give the same. Throws AdapterError, which never carries what was printed.
   */
  secret(argv: readonly string[]): Promise<Secret>
  /** What tells two histories of an image apart. */
  readonly evidence: EvidencePort
  /** Runs one change as it was shown. The only way anything outside is changed. */
  act(argv: readonly string[], options: ChangeOptions): Promise<CommandResult>
  mayLive(attemptId: string, handle: ProcessHandle | null): Promise<'gone' | 'lives' | 'unknown'>
  /** The whole command line, exec prefix and configuration included, as the operator could type it. */
  shown(argv: readonly string[]): readonly string[]
}

/** The argv of every change, in one place: what is planned, shown, exported and run is the same. */
export const mirrorArgv = {
  demote: (spec: string) => ['rbd', 'mirror', 'image', 'demote', spec],
  promote: (spec: string) => ['rbd', 'mirror', 'image', 'promote', spec],
  /** Takes the role without the peer's leave: what the copy does not hold is lost. */
  forcePromote: (spec: string) => ['rbd', 'mirror', 'image', 'promote', '--force', spec],
  /** The image stays, with its data. Without force Ceph refuses it of one that is not primary; of one that is, force adds nothing. */
  endMirroring: (spec: string) => ['rbd', 'mirror', 'image', 'disable', '--force', spec],
  /** rbd-mirror deletes the copy, and copies it again from the primary: ceph-facts 2. */
  resync: (spec: string) => ['rbd', 'mirror', 'image', 'resync', spec],
  rename: (spec: string, to: string) => ['rbd', 'rename', spec, to],
  snapCreate: (spec: string, snapshot: string) => ['rbd', 'snap', 'create', `${spec}@${snapshot}`],
  snapshot: (spec: string) => ['rbd', 'mirror', 'image', 'snapshot', spec],
  scheduleAdd: (pool: string, image: string | null, interval: string, startTime: string | null) => [
    ...['rbd', 'mirror', 'snapshot', 'schedule', 'add', '--pool', pool],
    ...(image === null ? [] : ['--image', image]),
    interval,
    ...(startTime === null ? [] : [startTime]),
  ],
  /** A schedule that has a start time is removed by naming both: without it Ceph removes nothing, and exits with 0. */
  scheduleRemove: (pool: string, image: string | null, interval: string, startTime: string | null = null) => [
    ...['rbd', 'mirror', 'snapshot', 'schedule', 'remove', '--pool', pool],
    ...(image === null ? [] : ['--image', image]),
    interval,
    ...(startTime === null ? [] : [startTime]),
  ],
  /** Of a pool that is in this mode already: exit 0, and the site's name is set anew where another is given. */
  poolEnable: (pool: string, mode: 'image' | 'pool', siteName: string) => [
    ...['rbd', 'mirror', 'pool', 'enable', '--site-name', siteName, pool, mode],
  ],
  /** Refused with exit 16 while a peer is registered, ceph-facts 22. */
  poolDisable: (pool: string) => ['rbd', 'mirror', 'pool', 'disable', pool],
  /** Prints a token: run by `secret`. Makes the user `client.rbd-mirror-peer` where it is missing. */
  peerCreateToken: (pool: string, siteName: string) => [
    ...['rbd', 'mirror', 'pool', 'peer', 'bootstrap', 'create', '--site-name', siteName, pool],
  ],
  /** Reads the token from stdin. `rx-tx` makes the other site's peer too, by the token's key. */
  peerImportToken: (pool: string, siteName: string, direction: 'rx-only' | 'rx-tx') => [
    ...['rbd', 'mirror', 'pool', 'peer', 'bootstrap', 'import', '--site-name', siteName],
    ...['--direction', direction, pool, '-'],
  ],
  /** Reads the key from stdin. By hand and not by a token: the only way where both sites have one fsid. */
  peerAdd: (pool: string, client: string, cluster: string, monHost: string) => [
    ...['rbd', 'mirror', 'pool', 'peer', 'add', pool, `${client}@${cluster}`],
    ...['--remote-mon-host', monHost, '--remote-key-file', '/dev/stdin'],
  ],
  peerRemove: (pool: string, uuid: string) => ['rbd', 'mirror', 'pool', 'peer', 'remove', pool, uuid],
  peerDirection: (pool: string, uuid: string, direction: 'rx-only' | 'tx-only' | 'rx-tx') => [
    ...['rbd', 'mirror', 'pool', 'peer', 'set', pool, uuid, 'direction', direction],
  ],
  /**
   * Three that give a peer what it lacks: one that the other site's rbd-mirror wrote down (`tx-only`, no client) cannot be
   * added any more, exit 17, ceph-facts 33. The key comes from stdin.
   */
  peerClient: (pool: string, uuid: string, client: string) => [
    ...['rbd', 'mirror', 'pool', 'peer', 'set', pool, uuid, 'client', client],
  ],
  peerMonHost: (pool: string, uuid: string, monHost: string) => [
    ...['rbd', 'mirror', 'pool', 'peer', 'set', pool, uuid, 'mon-host', monHost],
  ],
  peerKeyFile: (pool: string, uuid: string) => [
    ...['rbd', 'mirror', 'pool', 'peer', 'set', pool, uuid, 'key-file', '/dev/stdin'],
  ],
  /** Prints a key: run by `secret`. Refused with exit 22 where the user is there with other capabilities. */
  peerKey: (client: string) => [
    ...['ceph', 'auth', 'get-or-create-key', client],
    ...['mon', 'profile rbd-mirror-peer', 'osd', 'profile rbd'],
  ],
  enableImage: (spec: string, mode: MirrorMode) => ['rbd', 'mirror', 'image', 'enable', spec, mode],
  /** The image stays; the copy at the other site is removed by its rbd-mirror. Refused of one that is not primary. */
  disableImage: (spec: string) => ['rbd', 'mirror', 'image', 'disable', spec],
  featureEnable: (spec: string, ...features: readonly string[]) => ['rbd', 'feature', 'enable', spec, ...features],
  featureDisable: (spec: string, ...features: readonly string[]) => ['rbd', 'feature', 'disable', spec, ...features],
  /** Copies into a clone what it has from its parent, and lets go of that. */
  flatten: (spec: string) => ['rbd', 'flatten', '--no-progress', spec],
  evict: (address: string) => ['ceph', 'osd', 'blocklist', 'add', address, '3600'],
} as const

/** Does this command read a key or a token from its stdin? */
export const readsSecret = (argv: readonly string[]): boolean =>
  argv.includes('/dev/stdin') || (argv.at(-1) === '-' && argv.includes('import'))
