import type { SiteName } from '@/lib/domain/words'
import type { Peer } from './peering'
import type { PoolSpec, Timings, WorldSpec } from './spec'
import { type Gap, gapsOf, type Shift, type Timeline, unionOf, valueAt, workBefore } from './timeline'

export interface Schedule {
  readonly site: SiteName
  /** Null: the whole cluster. */
  readonly pool: string | null
  /** Null: the whole pool. */
  readonly image: string | null
  readonly interval: string
  readonly startTime: string | null
  readonly addedAt: number
  readonly removedAt: number | null
}

/** Everything about the world that is not about one image, with its history, because images are worked out from it. */
export interface WorldState {
  /** Nothing happened before this time. */
  readonly zero: number
  readonly createdAt: number
  readonly lines: Readonly<Record<string, Timeline<string>>>
  readonly slow: Readonly<Record<string, Timeline<number>>>
  readonly schedules: readonly Schedule[]
  readonly poolMirroring: Readonly<Record<string, 'disabled' | 'image' | 'pool'>>
  /** Peers of a pool, by `site/pool`, since they were first changed by command. */
  readonly peers?: Readonly<Record<string, readonly Peer[]>>
  /** What a site was named to its peers. */
  readonly siteNames?: Readonly<Record<SiteName, string>>
  /** Users that were made by command, with their capabilities, by site. */
  readonly users?: Readonly<Record<SiteName, Readonly<Record<string, Readonly<Record<string, string>>>>>>
  readonly blocklist: readonly { readonly site: SiteName; readonly address: string; readonly until: number }[]
  readonly flaky: readonly {
    readonly site: SiteName
    readonly periodMs: number
    readonly silentMs: number
    readonly from: number
  }[]
  readonly snags: readonly Snag[]
  readonly frozenAt: number | null
  /** Counts up: turns, clients, global ids of images enabled by command. */
  readonly counter: number
}

/** Something that happens to the next commands that contain `pattern`. */
export interface Snag {
  readonly site: SiteName | null
  readonly pattern: string
  /** How many commands it still hits; Infinity is written as null. */
  readonly times: number | null
  readonly effect:
    | { readonly kind: 'hang'; readonly forMs: number | null; readonly when: 'before' | 'after' }
    | { readonly kind: 'delay'; readonly ms: number }
    | { readonly kind: 'fail'; readonly exit: number; readonly stderr: string }
}

/** The line of the world that says whether the site's rbd-mirror receives into the pool. */
export const receiving = (site: SiteName, pool: string): string => `rx ${site}/${pool}`

/** The line of the world that says whether all placement groups of the pool are served at the site. */
export const darkGroups = (site: SiteName, pool: string): string => `pgs ${site}/${pool}`

export const linkName = (a: SiteName, b: SiteName): string => (a < b ? `link ${a}~${b}` : `link ${b}~${a}`)

/** Lines of the world's state and the word that means it works. */
const GOOD = { site: 'up', link: 'up', daemon: 'up', scheduler: 'up', osd: 'up', mgr: 'up', peer: 'up' } as const

/**
 * The conditions under which images are worked out. Immutable: a fault makes a new one. Gaps are worked out once,
 * since every image of a pool asks for the same ones.
 */
export class Conditions {
  readonly #gaps = new Map<string, Gap[]>()
  readonly #pools = new Map<string, PoolSpec | null>()
  /** Asked for several times an image: no key is put together for these. By pool, from, to. */
  readonly #flows = new Map<string, Map<SiteName, Map<SiteName, Gap[]>>>()

  constructor(
    readonly spec: WorldSpec,
    readonly seed: number,
    readonly state: WorldState,
  ) {}

  get timings(): Timings {
    return this.spec.timings
  }

  line(name: string): Timeline<string> {
    return this.state.lines[name] ?? []
  }

  valueAt(name: string, t: number): string {
    return valueAt(this.line(name), t, 'up')
  }

  #cached(key: string, make: () => Gap[]): Gap[] {
    const known = this.#gaps.get(key)
    if (known !== undefined) return known
    const made = make()
    this.#gaps.set(key, made)
    return made
  }

  /** Spans in which the clients of a site could not write. */
  siteGaps(site: SiteName): Gap[] {
    return this.#cached(`site ${site}`, () =>
      unionOf([gapsOf(this.line(`site ${site}`), GOOD.site), gapsOf(this.line(`osd ${site}`), GOOD.osd)]),
    )
  }

  /** Spans in which the site's rbd-mirror did not run. */
  daemonGaps(site: SiteName): Gap[] {
    return this.#cached(`daemon ${site}`, () =>
      unionOf([this.siteGaps(site), gapsOf(this.line(`daemon ${site}`), GOOD.daemon)]),
    )
  }

  /** Spans in which the two sites could not talk. */
  reachGaps(a: SiteName, b: SiteName): Gap[] {
    return this.#cached(`reach ${linkName(a, b)}`, () =>
      unionOf([this.siteGaps(a), this.siteGaps(b), gapsOf(this.line(linkName(a, b)), GOOD.link)]),
    )
  }

  /**
   * Spans in which nothing of the pool could be copied from one site to the other: the receiver's rbd-mirror does the
   * copying, where it has the other for a peer to receive from.
   */
  flowGaps(pool: string, from: SiteName, to: SiteName): Gap[] {
    let ofPool = this.#flows.get(pool)
    if (ofPool === undefined) {
      ofPool = new Map()
      this.#flows.set(pool, ofPool)
    }
    let row = ofPool.get(from)
    if (row === undefined) {
      row = new Map()
      ofPool.set(from, row)
    }
    let gaps = row.get(to)
    if (gaps === undefined) {
      const peerless = gapsOf(this.line(receiving(to, pool)), GOOD.peer)
      gaps = unionOf([this.reachGaps(from, to), this.daemonGaps(to), peerless])
      row.set(to, gaps)
    }
    return gaps
  }

  /** Spans in which the site's rbd-mirror said nothing of the pool's images: it looks at no pool without a peer. */
  silenceGaps(pool: string, site: SiteName): Gap[] {
    return this.#cached(`silence ${site}/${pool}`, () =>
      unionOf([this.daemonGaps(site), gapsOf(this.line(receiving(site, pool)), GOOD.peer)]),
    )
  }

  /** Spans in which the site took no scheduled mirror snapshots. */
  schedulerGaps(site: SiteName): Gap[] {
    return this.#cached(`scheduler ${site}`, () =>
      unionOf([
        this.siteGaps(site),
        gapsOf(this.line(`scheduler ${site}`), GOOD.scheduler),
        gapsOf(this.line(`mgr ${site}`), GOOD.mgr),
      ]),
    )
  }

  pool(name: string, site: SiteName): PoolSpec | null {
    const key = `${site}/${name}`
    const known = this.#pools.get(key)
    if (known !== undefined) return known
    const found = this.spec.pools.find((p) => p.name === name && (p.sites as readonly string[]).includes(site)) ?? null
    this.#pools.set(key, found)
    return found
  }

  /** What a pool's swing adds to the lag at `t`. Rises slower than time passes, so nothing held is ever lost again. */
  #swing(pool: PoolSpec | null, t: number): number {
    if (pool?.swing === undefined) return 0
    const { periodMs, riseMs, peakMs } = pool.swing
    const phase = (t - this.state.zero) % periodMs
    if (phase <= riseMs) return (peakMs * phase) / riseMs
    return peakMs * (1 - (phase - riseMs) / (periodMs - riseMs))
  }

  /**
   * The horizon: what was made at `from` by this time is at `to` at time `t`, where copying takes `lagMs` when nothing
   * hinders it. Never goes back: a pool that turns slow keeps what it holds.
   */
  horizon(pool: string, from: SiteName, to: SiteName, lagMs: number, t: number): number {
    const gaps = this.flowGaps(pool, from, to)
    const slow: readonly Shift<number>[] = this.state.slow[pool] ?? []
    const spec = this.pool(pool, from)
    let best = Number.NEGATIVE_INFINITY
    let until = t
    for (let i = slow.length - 1; i >= -1; i--) {
      const shift = i >= 0 ? (slow[i] as Shift<number>) : null
      if (shift !== null && shift.at > t) continue
      const lag = lagMs * (shift?.value ?? 1) + this.#swing(spec, until)
      best = Math.max(best, workBefore(gaps, until, lag))
      if (shift === null) break
      until = shift.at
    }
    return best
  }

  /** Is the site silent right now: lost, or in one of its flaky spells? */
  silent(site: SiteName, t: number): boolean {
    if (this.valueAt(`site ${site}`, t) !== 'up') return true
    return this.state.flaky.some(
      (f) => f.site === site && t >= f.from && (t - f.from) % f.periodMs >= f.periodMs - f.silentMs,
    )
  }

  /** Would a program that has its connection still wait? `ceph` asks monitors alone, `rbd` and the helper need OSDs. */
  stuck(site: SiteName, program: string, t: number): boolean {
    return this.silent(site, t) || (program !== 'ceph' && this.valueAt(`osd ${site}`, t) !== 'up')
  }
}
