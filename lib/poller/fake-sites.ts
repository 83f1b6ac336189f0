import type { JournalPosition } from '@/lib/domain/journal-position'
import type { Lineage } from '@/lib/domain/lineage'
import type { MirrorRow, StatusDetail } from '@/lib/domain/mirror-status'
import { known, unknown } from '@/lib/domain/reading'
import type { ImageSpec, MirrorMode, ReplayState, Role } from '@/lib/domain/words'
import type { Clock } from '@/lib/ports/clock'
import type { ClusterPort } from '@/lib/ports/cluster'
import { AdapterError } from '@/lib/ports/errors'
import type { MirrorPort, SnapshotMark, SnapshotSchedule } from '@/lib/ports/mirror'
import { UNASKED, UNASKED_OF_CLUSTERS } from './fake-unasked'

/** One image at one fake site. Tests change it in place. */
export interface FakeImage {
  globalId: string
  name: string
  imageId: string
  mode: MirrorMode
  role: Role
  state: ReplayState
  up: boolean
  description: string
  detail: StatusDetail
  lastUpdateAt: number | null
  tail: JournalPosition | null
  own: JournalPosition | null
  copyPosition: JournalPosition | null
  journalBytes: number | null
  snapshots: SnapshotMark[]
  parent: ImageSpec | null
}

export const journalDetail = (entriesBehind = 0): StatusDetail => ({
  kind: 'replaying-journal',
  primaryPosition: null,
  nonPrimaryPosition: null,
  entriesBehind,
  bytesPerSecond: 0,
})

/** A site in memory that can die, be slow and have its clock wrong. */
export class FakeSite {
  readonly images = new Map<string, FakeImage[]>()
  schedules: SnapshotSchedule[] = []
  peer: FakeSite | null = null
  dead = false
  osdsDead = false
  skewMs = 0
  deadlineMs = 10_000
  costMs = 0
  asked: string[] = []
  readonly room = new Map<string, number>()
  unmirrored = 0
  /** Image ids whose journals cannot be read. */
  readonly unreadable = new Set<string>()

  constructor(
    readonly name: string,
    private readonly clock: Clock,
  ) {}

  add(pool: string, image: Partial<FakeImage> & { globalId: string }): FakeImage {
    const made: FakeImage = {
      name: image.globalId,
      imageId: `${this.name}-${image.globalId}`,
      mode: 'journal',
      role: 'primary',
      state: 'stopped',
      up: true,
      description: 'local image is primary',
      detail: { kind: 'primary' },
      lastUpdateAt: this.clock.now(),
      tail: { tag: 1, entry: 10 },
      own: { tag: 1, entry: 10 },
      copyPosition: { tag: 1, entry: 10 },
      journalBytes: null,
      snapshots: [],
      parent: null,
      ...image,
    }
    this.images.set(pool, [...(this.images.get(pool) ?? []), made])
    return made
  }

  /** The same image as a copy that follows. */
  addCopy(pool: string, image: Partial<FakeImage> & { globalId: string }): FakeImage {
    return this.add(pool, {
      role: 'non-primary',
      state: 'replaying',
      description: 'replaying, {"entries_behind_primary":0}',
      detail: journalDetail(),
      ...image,
    })
  }

  private async answer<T>(asked: string, value: () => T): Promise<T> {
    this.asked.push(asked)
    const bulk = /statuses|samples|marks|lineages/.test(asked)
    // The helper itself lives here, not there: it says hello whatever has become of the cluster.
    if (asked === 'clock') return value()
    if (this.dead || (this.osdsDead && bulk)) {
      await this.clock.sleep(this.deadlineMs)
      throw new AdapterError('unreachable', this.name, asked, 'no answer within the deadline')
    }
    if (this.costMs > 0) await this.clock.sleep(this.costMs)
    return value()
  }

  private find(spec: ImageSpec): FakeImage | undefined {
    return this.by('name', spec.pool, spec.name)
  }

  private readonly indexes = new WeakMap<FakeImage[], Map<string, FakeImage>>()

  private by(field: 'name' | 'imageId', pool: string, value: string): FakeImage | undefined {
    const all = this.images.get(pool) ?? []
    const index =
      this.indexes.get(all) ??
      new Map(
        all.flatMap((image) => [
          [image.name, image],
          [image.imageId, image],
        ]),
      )
    this.indexes.set(all, index)
    const found = index.get(value)
    return found?.[field] === value ? found : all.find((image) => image[field] === value)
  }

  mirror(): MirrorPort {
    const all = (pool: string) => this.images.get(pool) ?? []
    return {
      site: this.name,
      poolMirroring: (pool) =>
        this.answer(`mirroring ${pool}`, () => ({
          pool,
          mode: 'image',
          siteName: this.name,
          peers: this.peer === null ? [] : [peerOf(this.peer)],
        })),
      daemons: (pool) => this.answer(`daemons ${pool}`, () => []),
      schedules: () => this.answer('schedules', () => this.schedules),
      statuses: (pool) =>
        this.answer(`statuses ${pool}`, () => ({
          pool,
          observedAt: this.clock.now() + this.skewMs,
          rows: all(pool).map(rowOf),
        })),
      lineages: (specs) => this.answer('lineages', () => specs.map((spec) => this.lineage(spec))),
      ...UNASKED,
      journalSamples: (pool, ids) =>
        this.answer(`samples ${pool}`, () =>
          ids.map((id) => {
            const image = this.by('imageId', pool, id)
            if (image === undefined || this.unreadable.has(id)) return unknown('no such image')
            const { tail, own, copyPosition } = image
            const clients = [
              { id: '', position: own },
              { id: `uuid-${this.peer?.name}`, position: copyPosition },
            ]
            const at = this.clock.now() + this.skewMs
            return known({ imageId: id, at, tail, keptBytes: image.journalBytes, clients }, at)
          }),
        ),
      snapshotMarks: (specs) =>
        this.answer('marks', () =>
          specs.map((spec) => {
            const image = this.find(spec)
            if (image === undefined) return unknown('no such image')
            // A primary's times are its own site's; what a copy's times are worth does not matter.
            const seen = image.snapshots.map((mark) => ({ ...mark, takenAt: mark.takenAt + this.skewMs }))
            return known({ marks: seen, isClone: image.parent !== null }, this.clock.now() + this.skewMs)
          }),
        ),
      shown: (argv) => argv,
    }
  }

  private lineage(spec: ImageSpec) {
    const image = this.find(spec)
    if (image === undefined) return unknown('no such image')
    const { imageId, globalId, mode, role, parent } = image
    const value: Lineage = {
      spec,
      imageId,
      globalId,
      mode,
      role,
      sizeBytes: 1 << 30,
      parent,
      snapshots: [],
      journal: null,
    }
    return known(value, this.clock.now())
  }

  cluster(): ClusterPort {
    return {
      site: this.name,
      facts: () =>
        this.answer('facts', () => ({
          fsid: 'the-same-at-both',
          health: { status: 'HEALTH_OK', checks: [] },
          version: '16.2.15',
          totalBytes: 1,
          usedBytes: 0,
          availableBytes: 1,
          pools: [...this.room].map(([name, availableBytes], id) => ({ name, id, usedBytes: 0, availableBytes })),
          monAddresses: [],
          osdsUp: 1,
          osdsTotal: 1,
        })),
      rbdPools: () => this.answer('pools', () => [...this.images.keys()]),
      ...UNASKED_OF_CLUSTERS,
      clock: () => this.answer('clock', () => ({ at: this.clock.now() + this.skewMs, roundTripMs: 0 })),
    }
  }
}

const peerOf = (site: FakeSite) => ({
  uuid: 'u',
  direction: 'rx-tx' as const,
  siteName: site.name,
  mirrorUuid: `uuid-${site.name}`,
  clientName: 'client.rbd-mirror-peer',
})

const rowOf = (image: FakeImage): MirrorRow => ({
  name: image.name,
  imageId: image.imageId,
  globalId: image.globalId,
  mode: image.mode,
  role: image.role,
  state: 'enabled',
  local: {
    up: image.up,
    state: image.state,
    description: image.description,
    detail: image.detail,
    lastUpdateAt: image.lastUpdateAt,
  },
  remote: [],
})

export function twoSites(clock: Clock, left = 'east', right = 'west'): readonly [FakeSite, FakeSite] {
  const a = new FakeSite(left, clock)
  const b = new FakeSite(right, clock)
  a.peer = b
  b.peer = a
  return [a, b]
}
