import type { Lineage } from '@/lib/domain/lineage'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import { known } from '@/lib/domain/reading'
import { type ImageSpec, type MirrorMode, type SiteName, specText } from '@/lib/domain/words'
import type { CommandResult } from '@/lib/ports/channel'
import type { ClusterFacts, ClusterPort, ClusterUser } from '@/lib/ports/cluster'
import { AdapterError } from '@/lib/ports/errors'
import type { FoundImage, MirrorPort, PoolImage, PoolMirroring, PoolPeer, SnapshotSchedule } from '@/lib/ports/mirror'
import { Secret } from '@/lib/ports/secret'
import { bareAct, MARKER } from './bare-acts'
import { DARK, HEALTHY, tinyDaemon, tinyRow } from './tiny-row'

/** An image at west; north gets a copy once it is mirrored and north pulls. */
export interface BareImage {
  readonly spec: ImageSpec
  readonly parent: string | null
  readonly features: Set<string>
  mode: MirrorMode | null
  /** The mode in which north has a copy of it. */
  copy: MirrorMode | null
  /** When mirror snapshots were made, epoch milliseconds. */
  readonly marks: number[]
}

const never = (site: SiteName) => Promise.reject(new AdapterError('unreachable', site, 'look', 'no answer'))

/** Two sites of which nothing is mirrored yet, for tests of the runner alone. North's rbd-mirror copies at once. */
export class BareWorld {
  readonly images = new Map<string, BareImage>()
  readonly pools = new Map<SiteName, PoolMirroring>()
  readonly schedules: SnapshotSchedule[] = []
  readonly commands: string[] = []
  readonly dead = new Set<SiteName>()
  /** Sites of which some placement groups are not active. */
  readonly dark = new Set<SiteName>()
  readonly daemonAt = new Set<SiteName>(['north', 'west'])
  readonly shut = new Set<string>()
  /** What each site's pool is known by; none where it is not told. */
  readonly uuids = new Map<SiteName, string>()
  readonly poolsAt = new Map<SiteName, readonly string[]>()
  readonly users: ClusterUser[] = []
  /** Names of images that are there and mirrored by nobody, beside those of the world. */
  readonly strangers = new Map<SiteName, readonly string[]>()
  oneFsid = false
  osdsKnown = true
  skewMs = 0
  freeBytes = 1e12
  /** A schedule that is listed and never fires. */
  silentSchedules = false

  constructor() {
    for (const site of ['west', 'north'])
      this.pools.set(site, { pool: 'volumes', mode: 'disabled', siteName: '', peers: [] })
  }

  add(name: string, parent: string | null = null): BareImage {
    const spec = { pool: 'volumes', namespace: '', name }
    const one: BareImage = { spec, parent, features: new Set(['layering']), mode: null, copy: null, marks: [] }
    this.images.set(specText(spec), one)
    return one
  }

  pool(site: SiteName): PoolMirroring {
    return this.pools.get(site) ?? { pool: 'volumes', mode: 'disabled', siteName: '', peers: [] }
  }

  addPeer(site: SiteName, peer: Omit<PoolPeer, 'uuid' | 'mirrorUuid'> & { readonly mirrorUuid?: string }): void {
    const pool = this.pool(site)
    const uuid = `peer-${site}-${peer.siteName}`
    this.pools.set(site, {
      ...pool,
      peers: [...pool.peers.filter((one) => one.uuid !== uuid), { uuid, mirrorUuid: '', ...peer }],
    })
  }

  /** What the daemons and the mgr have done since somebody looked last. */
  private settle(): void {
    const north = this.pool('north')
    const copies = this.daemonAt.has('north') && north.peers.some(({ direction }) => direction !== 'tx-only')
    for (const one of this.images.values()) {
      if (this.pool('west').mode === 'pool') one.mode = one.features.has('journaling') ? 'journal' : null
      if (copies) one.copy = one.mode
      if (one.mode === 'snapshot' && this.schedules.length > 0 && !this.silentSchedules) one.marks.push(Date.now())
    }
  }

  port(site: SiteName): MirrorPort {
    const answers = <T>(value: () => T): Promise<T> =>
      this.dead.has(site)
        ? never(site)
        : Promise.resolve().then(() => {
            this.settle()
            return value()
          })
    const one = (spec: ImageSpec) => this.images.get(specText(spec))
    const modeOf = (image: BareImage | undefined) => (site === 'west' ? image?.mode : image?.copy) ?? null
    return {
      site,
      journalSamples: () => never(site),
      watchers: () => never(site),
      evidence: { ties: () => never(site), written: () => never(site), sampled: () => never(site) },
      poolImages: () => answers(() => this.poolImages(site)),
      poolMirroring: () => answers(() => this.pool(site)),
      mirrorUuid: () => answers(() => this.uuids.get(site) ?? ''),
      dataHealth: () => answers(() => (this.dark.has(site) ? DARK : HEALTHY)),
      daemons: () => answers(() => (this.daemonAt.has(site) ? [tinyDaemon] : [])),
      schedules: () => answers(() => (site === 'west' ? [...this.schedules] : [])),
      reaches: (addresses) =>
        answers(() => addresses.map((address) => ({ address, reached: !this.shut.has(address), text: 'tried' }))),
      found: (specs) =>
        answers(() => specs.map((spec) => known<FoundImage>(this.found(one(spec), modeOf(one(spec)), site), 0))),
      lineages: (specs) =>
        answers(() =>
          specs.map((spec) => {
            const [image, mode] = [one(spec), modeOf(one(spec))]
            return image === undefined || mode === null
              ? { kind: 'unknown' as const, reason: 'mirroring is not enabled' }
              : known(lineage(image, mode, site), 0)
          }),
        ),
      statuses: (pool) =>
        answers(() => ({
          pool,
          observedAt: 0,
          rows: [...this.images.values()].flatMap((image) => this.row(image, modeOf(image), site)),
        })),
      snapshotMarks: (specs) =>
        answers(() =>
          specs.map((spec) => {
            const marks = one(spec)?.marks ?? []
            const made = (takenAt: number, id: number) => ({ id, complete: true, primarySnapId: null, takenAt })
            return known({ marks: marks.map((at, id) => ({ ...made(at, id), primary: true })), isClone: false }, 0)
          }),
        ),
      secret: (argv) => answers(() => new Secret(`${MARKER} of ${site}: ${argv.at(-1)}`)),
      act: (argv, { onStarted, stdin }) => {
        onStarted({ pid: 1, startTicks: 1 })
        return answers((): CommandResult => {
          this.commands.push(`${site}: ${argv.join(' ')}`)
          return bareAct(this, site, argv, stdin?.reveal() ?? null)
        })
      },
      mayLive: async () => 'gone',
      shown: (argv) => ['rbd', '--cluster', site, ...argv.slice(1)],
    }
  }

  /** What `ClusterPort` tells of a site. Both have one pool, a monitor and an OSD. */
  cluster(site: SiteName): ClusterPort {
    const answers = <T>(value: T): Promise<T> => (this.dead.has(site) ? never(site) : Promise.resolve(value))
    const pools = this.poolsAt.get(site) ?? ['volumes']
    return {
      site,
      facts: () => answers(this.facts(site, pools)),
      rbdPools: () => answers(pools),
      pools: () => answers(pools.map((name, id) => ({ name, id, applications: ['rbd'] }))),
      osdAddresses: () => answers(this.osdsKnown ? [`${site}:6800`] : []),
      users: () => answers(this.users),
      clock: () => answers({ at: Date.now() + this.skewMs, roundTripMs: 2 }),
    }
  }

  private facts(site: SiteName, pools: readonly string[]): ClusterFacts {
    const bytes = { totalBytes: 1e12, usedBytes: 0, availableBytes: this.freeBytes }
    return {
      fsid: this.oneFsid ? 'fsid' : `fsid-${site}`,
      health: { status: 'HEALTH_OK', checks: [] },
      version: '16.2.15',
      ...bytes,
      pools: pools.map((name, id) => ({ name, id, usedBytes: 0, availableBytes: this.freeBytes })),
      monAddresses: [`${site}:3300`],
      ...{ osdsUp: 1, osdsTotal: 1 },
    }
  }

  private poolImages(site: SiteName): readonly PoolImage[] {
    const here = [...this.images.values()].filter(({ copy }) => site === 'west' || copy !== null)
    const listed = here.map((one): PoolImage => {
      const mode = site === 'west' ? one.mode : one.copy
      const { name } = one.spec
      const role = site === 'west' ? 'primary' : 'non-primary'
      return {
        ...{ spec: one.spec, imageId: name, sizeBytes: 2 ** 30, features: [...one.features], children: null },
        parent: one.parent === null ? null : { ...one.spec, name: one.parent },
        mirrored: mode === null ? null : { mode, globalId: `g-${name}`, role, state: 'enabled' },
      }
    })
    return [...listed, ...(this.strangers.get(site) ?? []).map(stranger)]
  }

  private found(image: BareImage | undefined, mode: MirrorMode | null, site: SiteName): FoundImage {
    if (image === undefined || (site === 'north' && image.copy === null)) return { kind: 'absent' }
    const { name } = image.spec
    const features = [...image.features]
    return { kind: 'there', imageId: name, globalId: mode === null ? null : `g-${name}`, snapshots: [], features }
  }

  private row(image: BareImage, mode: MirrorMode | null, site: SiteName): readonly MirrorRow[] {
    if (mode === null) return []
    const primaryAt = new Set(['west'])
    return [
      tinyRow({ image: image.spec, globalId: `g-${image.spec.name}`, mode, primaryAt, status: 'following' }, site),
    ]
  }
}

const stranger = (name: string): PoolImage => ({
  ...{ spec: { pool: 'volumes', namespace: '', name }, imageId: `x-${name}`, sizeBytes: 1, features: [] },
  ...{ parent: null, children: null, mirrored: null },
})

function lineage(image: BareImage, mode: MirrorMode, site: SiteName): Lineage {
  const primary = site === 'west'
  const held = {
    id: 2,
    role: 'non-primary',
    complete: true,
    primarySnapId: 1,
    primaryMirrorUuid: 'w',
    takenAt: 0,
  } as const
  return {
    spec: image.spec,
    imageId: image.spec.name,
    globalId: `g-${image.spec.name}`,
    mode,
    role: primary ? 'primary' : 'non-primary',
    sizeBytes: 1024,
    parent: null,
    snapshots: mode === 'snapshot' ? [primary ? { ...held, role: 'primary', primarySnapId: null } : held] : [],
    journal:
      mode === 'snapshot'
        ? null
        : { clients: [], newestTag: { id: 1, mirrorUuid: primary ? '' : 'w', before: '' }, tail: null },
  }
}
