import { type Lineage, type MirrorSnapshot, ORPHAN } from '@/lib/domain/lineage'
import { known } from '@/lib/domain/reading'
import type { Watcher } from '@/lib/domain/watcher'
import { type ImageSpec, type MirrorMode, type SiteName, specText } from '@/lib/domain/words'
import type { CommandResult } from '@/lib/ports/channel'
import { AdapterError } from '@/lib/ports/errors'
import type { MirrorPort, SnapshotSchedule } from '@/lib/ports/mirror'
import { tinyEvidence } from './tiny-evidence'
import { foundAt, type Kept, keeping, resynced } from './tiny-keep'
import { DARK, HEALTHY, tinyDaemon, tinyPool, tinyRows, UNASKED, wroteBefore } from './tiny-row'

/**
 * The smallest world that a run can be carried through, for tests of the runner alone: two sites, a copy that arrives when
 * the test says so. What Ceph really does is the simulator's business, and the contract suite's.
 */
export interface TinyImage {
  readonly image: ImageSpec
  readonly globalId: string
  readonly mode: MirrorMode
  parent: ImageSpec | null
  primaryAt: Set<SiteName>
  snapshots: Map<SiteName, MirrorSnapshot[]>
  /** Newest tag at each site: '' its own, or a mirror uuid, or the orphan of a demotion. */
  tag: Map<SiteName, string>
  watchers: Watcher[]
  status: string
  /** Names of the users' snapshots at each site. */
  points: Map<SiteName, string[]>
  /** Sites at which the copy under this name is another image than at first, or none: its id there. */
  ids: Map<SiteName, string | null>
  unmirrored: Set<SiteName>
  /** Where it was demoted last. */
  demotedAt: SiteName | null
}

export class TinyWorld {
  readonly images = new Map<string, TinyImage>()
  readonly wrote = new Map<string, number>() // Bytes of its own, by `site:pool/name`.
  readonly commands: string[] = []
  readonly schedules = new Map<SiteName, SnapshotSchedule[]>()
  readonly kept: Kept = new Map()
  readonly dead = new Set<SiteName>()
  /** Sites of which some placement groups are not active: they answer, and not all data can be read. */
  readonly dark = new Set<SiteName>()
  /** While false, nothing of the primary reaches the copy. */
  arrives = true
  /** The link is lost at the very moment of a demotion: what is made from then on stays at the old primary. */
  losesDemotions = false
  daemonAt = new Set<SiteName>(['north', 'west'])
  /** What a command answers instead of doing it; by the argv's text. */
  readonly refuse = new Map<string, Partial<CommandResult>>()
  /** Commands that have not ended past their deadline: what they do is done when the test lets them go. */
  readonly slow = new Set<string>()
  private readonly running: (() => void)[] = []
  private nextSnap = 1
  /** rbd-mirror has reported anew by every time that it is asked. */
  reports = 0

  get stillRunning(): number {
    return this.running.length
  }

  letGo(): void {
    for (const finish of this.running.splice(0)) finish()
  }

  add(name: string, mode: MirrorMode, parent: string | null = null): TinyImage {
    const image: ImageSpec = { pool: 'volumes', namespace: '', name }
    const one: TinyImage = {
      image,
      globalId: `g-${name}`,
      mode,
      parent: parent === null ? null : { pool: 'volumes', namespace: '', name: parent },
      primaryAt: new Set(['west']),
      snapshots: new Map([
        ['west', []],
        ['north', []],
      ]),
      tag: new Map([
        ['west', ''],
        ['north', 'uuid-west'],
      ]),
      watchers: [],
      status: 'replaying',
      points: new Map(),
      ids: new Map(),
      unmirrored: new Set(),
      demotedAt: null,
    }
    this.images.set(specText(image), one)
    if (mode === 'snapshot') this.snapshot(one, 'west', 'primary')
    return one
  }

  private snapshot(one: TinyImage, site: SiteName, role: 'primary' | 'primary-demoted'): void {
    const id = this.nextSnap++
    one.snapshots
      .get(site)
      ?.push({ id, role, complete: true, primarySnapId: null, primaryMirrorUuid: '', takenAt: id * 1000 })
    if (this.arrives) this.copy(one, site)
  }

  /** Everything of the primary's side arrives at the other. */
  copy(one: TinyImage, from: SiteName): void {
    const to = from === 'west' ? 'north' : 'west'
    const newest = one.snapshots.get(from)?.at(-1)
    if (newest !== undefined && one.snapshots.get(to)?.at(-1)?.primarySnapId !== newest.id) {
      const role = newest.role === 'primary-demoted' ? 'non-primary-demoted' : 'non-primary'
      one.snapshots.get(to)?.push({
        id: this.nextSnap++,
        role,
        complete: true,
        primarySnapId: newest.id,
        primaryMirrorUuid: `uuid-${from}`,
        takenAt: 0,
      })
    }
    const tag = one.tag.get(from)
    if (tag !== undefined) one.tag.set(to, tag === '' ? `uuid-${from}` : tag)
  }

  arriveAll(): void {
    this.arrives = true
    for (const one of this.images.values()) this.copy(one, 'west')
  }

  port(site: SiteName): MirrorPort {
    const answers = <T>(value: () => T): Promise<T> =>
      this.dead.has(site)
        ? Promise.reject(new AdapterError('unreachable', site, 'look', 'no answer'))
        : Promise.resolve().then(value)
    return {
      site,
      poolMirroring: (pool) => answers(() => tinyPool(pool, site)),
      evidence: tinyEvidence(this, site, answers),
      ...UNASKED,
      dataHealth: () => answers(() => (this.dark.has(site) ? DARK : HEALTHY)),
      found: (specs) => answers(() => specs.map((spec) => known(foundAt(this, site, specText(spec)), 0))),
      reaches: (addresses) =>
        answers(() => addresses.map((address) => ({ address, reached: !this.dead.has(address), text: 'tried' }))),
      daemons: () => answers(() => (this.daemonAt.has(site) ? [tinyDaemon] : [])),
      schedules: () => answers(() => this.schedules.get(site) ?? []),
      statuses: (pool) => answers(() => ({ pool, observedAt: 0, rows: tinyRows(this, site) })),
      lineages: (specs) =>
        answers(() =>
          specs.map((spec) => {
            const one = this.images.get(specText(spec))
            return one === undefined || one.ids.get(site) === null || one.unmirrored.has(site)
              ? { kind: 'unknown' as const, reason: 'no such mirrored image' }
              : known(this.lineage(one, site), 0)
          }),
        ),
      watchers: (specs) =>
        answers(() => specs.map((spec) => known(this.images.get(specText(spec))?.watchers ?? [], 0))),
      act: (argv, { onStarted }) => {
        onStarted({ pid: 1, startTicks: 1 })
        if (this.slow.has(argv.join(' '))) {
          this.running.push(() => this.run(site, argv))
          return Promise.resolve({ exit: null, stdout: '', stderr: '', durationMs: 1, overdue: true })
        }
        return answers(() => this.run(site, argv))
      },
      mayLive: async () => (this.dead.has(site) ? 'unknown' : this.running.length > 0 ? 'lives' : 'gone'),
      shown: (argv) => ['rbd', '--cluster', site, ...argv.slice(1)],
    }
  }

  private lineage(one: TinyImage, site: SiteName): Lineage {
    const demoted = one.tag.get(site) === ORPHAN
    const reader = site === 'west' ? 'north' : 'west'
    const other = one.tag.get(reader)
    return {
      spec: one.image,
      imageId: one.ids.get(site) ?? one.image.name,
      globalId: one.globalId,
      mode: one.mode,
      role: one.primaryAt.has(site) ? 'primary' : 'non-primary',
      sizeBytes: 1024,
      parent: one.parent,
      snapshots: one.snapshots.get(site) ?? [],
      journal:
        one.mode === 'snapshot'
          ? null
          : {
              clients: [
                { id: '', state: 'connected', position: { tag: 1, entry: 9 } },
                {
                  id: `uuid-${reader}`,
                  state: 'connected',
                  position: { tag: 1, entry: demoted && other !== ORPHAN ? 0 : 9 },
                  filled: one.ids.get(reader) ?? one.image.name,
                },
              ],
              newestTag: { id: 1, mirrorUuid: one.tag.get(site) ?? '', before: wroteBefore(one, site) },
              tail: { tag: 1, entry: 9 },
            },
    }
  }

  private run(site: SiteName, argv: readonly string[]): CommandResult {
    const text = argv.join(' ')
    this.commands.push(`${site}: ${text}`)
    const ok: CommandResult = { exit: 0, stdout: '', stderr: '', durationMs: 1, overdue: false }
    const refusal = this.refuse.get(text)
    if (refusal !== undefined) return { ...ok, ...refusal }
    if (text.includes('rbd rename') || text.includes('disable') || text.includes('snap create'))
      return keeping(this, site, argv, ok)
    const one = this.images.get(argv.at(-1) ?? '')
    if (text.includes('schedule')) this.schedule(site, argv)
    else if (text.includes('blocklist'))
      for (const image of this.images.values())
        image.watchers = image.watchers.filter(({ address }) => !text.includes(address))
    else if (one === undefined) return { ...ok, exit: 2, stderr: 'no such image' }
    else if (text.includes(' resync ')) resynced(this, one, site)
    else if (text.includes(' demote ')) this.demote(one, site)
    else if (text.includes(' promote ')) this.promote(one, site)
    else if (text.includes('rbd flatten')) one.parent = null
    else if (text.includes('mirror image snapshot')) this.snapshot(one, site, 'primary')
    return ok
  }

  private demote(one: TinyImage, site: SiteName): void {
    if (this.losesDemotions) this.arrives = false
    one.primaryAt.delete(site)
    one.demotedAt = site
    one.tag.set(site, ORPHAN)
    if (one.mode === 'snapshot') this.snapshot(one, site, 'primary-demoted')
    else if (this.arrives) this.copy(one, site)
  }

  private promote(one: TinyImage, site: SiteName): void {
    one.primaryAt.add(site)
    one.tag.set(site, '')
    if (one.mode === 'snapshot') this.snapshot(one, site, 'primary')
    else this.copy(one, site)
  }

  private schedule(site: SiteName, argv: readonly string[]): void {
    const value = (flag: string) => (argv.includes(flag) ? (argv[argv.indexOf(flag) + 1] ?? null) : null)
    const entry: SnapshotSchedule = {
      pool: value('--pool'),
      namespace: null,
      image: value('--image'),
      interval: argv.at(-1) ?? '',
      startTime: null,
    }
    const rest = (this.schedules.get(site) ?? []).filter((one) => one.pool !== entry.pool || one.image !== entry.image)
    this.schedules.set(site, argv.includes('add') ? [...rest, entry] : rest)
  }
}
