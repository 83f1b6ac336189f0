import type { SiteName } from '@/lib/domain/words'
import type { Clock } from '@/lib/ports/clock'
import type { Parsed } from './argv'
import { CloudStore } from './cloud/cloud-store'
import { Conditions, receiving, type Snag, type WorldState } from './conditions'
import type { Desk, Placed } from './desk'
import { evolve } from './evolve'
import type { ImageState } from './image-state'
import { Images, poolKey } from './images'
import { publishedNow } from './publish'
import type { PoolSpec, WorldSpec } from './spec'
import type { Entry, Finished, StateLog } from './state-log'

/** How long finished attempts are remembered across restarts: the newest so many. */
const FINISHED_KEPT = 5_000

/** What the world knows, in memory and on disk. Every change is on disk before the function that made it returns. */
export class WorldMemory {
  readonly images: Images
  readonly finished: Finished[] = []
  /** The rows of the sites' clouds. */
  readonly clouds: ReadonlyMap<SiteName, CloudStore>
  /** Was there a state already: is this a simulator that was started again? */
  readonly wasThere: boolean
  #conditions: Conditions
  #ticks = 0
  readonly #waiting = new Set<{ readonly snag: Snag; readonly wake: () => void }>()

  constructor(
    readonly spec: WorldSpec,
    seed: number,
    readonly log: StateLog,
    readonly clock: Clock,
  ) {
    this.images = new Images(spec)
    const clouds = (spec.clouds ?? []).map(
      ({ site, seeds }) => [site, new CloudStore(site, log, () => seeds(this.#conditions))] as const,
    )
    this.clouds = new Map(clouds)
    const entries = log.load()
    const made = entries.find((e) => e.k === 'made')
    if (made !== undefined && made.world !== spec.name) {
      throw new Error(`the state folder holds the world ${made.world}, not ${spec.name}`)
    }
    let state: WorldState | null = null
    for (const entry of entries) {
      if (entry.k === 'world') state = entry.v
      if (entry.k === 'finished') this.finished.push(entry.v)
      if (entry.k === 'cloud') for (const change of entry.v) this.clouds.get(entry.site)?.remember(change)
      for (const { key, v } of entry.k === 'image' ? [entry] : entry.k === 'images' ? entry.v : []) {
        const pool = spec.pools.find((p) => poolKey(p) === key)
        if (pool !== undefined) this.images.put(pool, v)
      }
    }
    this.finished = this.finished.slice(-FINISHED_KEPT)
    this.wasThere = made !== undefined
    if (made === undefined) log.append({ k: 'made', world: spec.name, seed })
    if (state === null) {
      state = beginning(spec, clock.now())
      log.append({ k: 'world', v: state })
    }
    this.#conditions = new Conditions(spec, made?.seed ?? seed, state)
    log.compact(() => this.#everything())
  }

  get conditions(): Conditions {
    return this.#conditions
  }

  now(): number {
    return this.#conditions.state.frozenAt ?? this.clock.now()
  }

  /** A number that is never the same twice in this process: makes delays differ. */
  tick(): number {
    return this.#ticks++
  }

  change(patch: Partial<WorldState>): void {
    const state = { ...this.#conditions.state, ...patch }
    this.log.append({ k: 'world', v: state })
    this.#conditions = new Conditions(this.spec, this.#conditions.seed, state)
  }

  next(): number {
    const counter = this.#conditions.state.counter + 1
    this.change({ counter })
    return counter
  }

  image(pool: PoolSpec, name: string): ImageState | null {
    return this.images.at(this.#conditions, pool, name, this.now())
  }

  /**
   * Stores an image as it is from now on. What the daemons had published of it before is kept with it, because the
   * time before its record cannot be worked out any more.
   */
  commit(pool: PoolSpec, changed: ImageState): void {
    const kept = this.#kept(pool, changed)
    this.log.append({ k: 'image', key: poolKey(pool), v: kept })
    this.images.put(pool, kept)
    this.log.compact(() => this.#everything())
  }

  /** Stores what one command did to several images: after a restart all of it is there, or nothing. */
  commitTogether(all: readonly Placed[]): void {
    const kept = all.map(({ pool, image }) => ({ pool, image: this.#kept(pool, image) }))
    this.log.append({ k: 'images', v: kept.map(({ pool, image }) => ({ key: poolKey(pool), v: image })) })
    for (const { pool, image } of kept) this.images.put(pool, image)
    this.log.compact(() => this.#everything())
  }

  #kept(pool: PoolSpec, changed: ImageState): ImageState {
    const record = this.images.record(this.#conditions, pool, changed.name)
    const before = record === null ? null : evolve(this.#conditions, record, changed.at)
    const published = record === null || before === null ? {} : publishedNow(this.#conditions, record, before)
    return { ...changed, published }
  }

  /** The snags that this command runs into; those that are used up are gone. */
  takeSnags(site: SiteName, argv: readonly string[]): readonly Snag[] {
    const { snags } = this.#conditions.state
    const text = argv.join(' ')
    const hit = snags.filter((s) => (s.site === null || s.site === site) && text.includes(s.pattern) && s.times !== 0)
    if (hit.length === 0) return hit
    this.change({ snags: snags.map((s) => (hit.includes(s) && s.times !== null ? { ...s, times: s.times - 1 } : s)) })
    return hit
  }

  /** Lets go on what hangs because of this pattern; null: everything that hangs. */
  release(pattern: string | null): void {
    for (const one of this.#waiting) if (pattern === null || one.snag.pattern === pattern) one.wake()
  }

  /** Resolves when the hang has lasted `forMs`, or its snag was cleared. */
  released(snag: Snag, forMs: number | null): Promise<void> {
    return new Promise((resolve) => {
      const one = {
        snag,
        wake: () => {
          this.#waiting.delete(one)
          resolve()
        },
      }
      this.#waiting.add(one)
      if (forMs !== null) void this.clock.sleep(forMs).then(one.wake)
    })
  }

  desk(site: SiteName, args: Parsed, rest: readonly string[], stdin = ''): Desk {
    const memory = this
    const now = this.now()
    return {
      site,
      now,
      args,
      rest,
      stdin,
      images: this.images,
      get conditions() {
        return memory.conditions
      },
      pool: (name) => memory.conditions.pool(name, site),
      image: (pool, name) => memory.images.at(memory.conditions, pool, name, now),
      commit: (pool, changed) => memory.commit(pool, changed),
      commitTogether: (all) => memory.commitTogether(all),
      change: (patch) => memory.change(patch),
      next: () => memory.next(),
    }
  }

  close(): void {
    this.log.close()
  }

  *#records(): Generator<Entry> {
    for (const pool of this.spec.pools) {
      for (const v of this.images.changedIn(pool)) yield { k: 'image', key: poolKey(pool), v }
    }
  }

  #everything(): Entry[] {
    return [
      { k: 'made', world: this.spec.name, seed: this.#conditions.seed },
      { k: 'world', v: this.#conditions.state },
      ...this.#records(),
      ...this.finished.map((v): Entry => ({ k: 'finished', v })),
      ...[...this.clouds.values()].map((store): Entry => ({ k: 'cloud', site: store.site, v: store.changes() })),
    ]
  }
}

function beginning(spec: WorldSpec, now: number): WorldState {
  const zero = now - spec.pastMs
  return {
    zero,
    createdAt: now,
    lines: Object.fromEntries(
      spec.pools.flatMap((pool) =>
        pool.bare ? pool.sites.map((site) => [receiving(site, pool.name), [{ at: zero - 1, value: 'none' }]]) : [],
      ),
    ),
    slow: {},
    schedules: spec.pools.flatMap((pool) =>
      pool.schedules.map(({ site, interval }) => ({
        site,
        pool: pool.name,
        image: null,
        interval,
        startTime: null,
        addedAt: zero,
        removedAt: null,
      })),
    ),
    poolMirroring: {},
    blocklist: [],
    flaky: spec.flaky.map((f) => ({ ...f, from: now })),
    snags: [],
    frozenAt: null,
    counter: 0,
  }
}
