import { heldUntilOf } from '@/lib/domain/held'
import type { Summaries } from '@/lib/domain/summary'
import type { Grade } from '@/lib/domain/verdict-words'
import { openStore } from '@/lib/store/database'
import { loadSummary } from '@/lib/store/inventory-figures'
import type { ImagesTable, SitesTable } from '@/lib/store/inventory-tables'
import { migrate } from '@/lib/store/migrate'
import { FakeClock } from './fake-clock'
import type { FakeCloud } from './fake-cloud'
import { twoSites } from './fake-sites'
import { createPoller, type Poller } from './poller'

const silentLog = { info: () => undefined, warn: () => undefined }

/** Two fake sites, a store in memory and a poller over them, with what a page would show. For tests. */
export class FakeConsole {
  readonly clock = new FakeClock()
  readonly store = openStore(':memory:')
  readonly sites = twoSites(this.clock)
  readonly east = this.sites[0]
  readonly west = this.sites[1]
  config = {
    objectives: { rpo: 120, rto: 1800 },
    pools: {} as Record<string, { rpo: number }>,
    sampling: { cpuPercent: 10 },
    sites: ['east', 'west'].map((name) => ({ name, ceph: { conf: '', user: '', exec: [] } })),
  }
  /** Of east, where a test gives it one. */
  cloud: FakeCloud | null = null
  poller: Poller = this.newPoller()

  newPoller(): Poller {
    const at = (site: string) => (site === 'east' ? this.east : this.west)
    return createPoller({
      config: this.config,
      mirror: (site) => at(site).mirror(),
      cluster: (site) => at(site).cluster(),
      imageCount: (site) => async (pool) => (at(site).images.get(pool)?.length ?? 0) + at(site).unmirrored,
      cloud: (site) => (site === 'east' ? (this.cloud?.port() ?? null) : null),
      estate: (site) => (site === 'east' ? (this.cloud?.estate() ?? null) : null),
      store: this.store,
      clock: this.clock,
      log: silentLog,
    })
  }

  async start(forMs: number): Promise<void> {
    await migrate(this.store)
    await this.poller.start()
    await this.clock.advance(forMs)
  }

  async restart(forMs: number): Promise<void> {
    await this.poller.stop()
    this.poller = this.newPoller()
    await this.poller.start()
    await this.clock.advance(forMs)
  }

  async end(): Promise<void> {
    await this.poller.stop()
    await this.store.destroy()
  }

  rows(): Promise<ImagesTable[]> {
    return this.store.selectFrom('images').selectAll().orderBy('name').execute()
  }

  async row(name: string): Promise<ImagesTable> {
    return this.store.selectFrom('images').selectAll().where('name', '=', name).executeTakeFirstOrThrow()
  }

  async site(name: string): Promise<SitesTable> {
    return this.store.selectFrom('sites').selectAll().where('name', '=', name).executeTakeFirstOrThrow()
  }

  reading(site: string, pool: string) {
    const found = this.store.selectFrom('pool_readings').selectAll().where('site', '=', site).where('pool', '=', pool)
    return found.executeTakeFirst()
  }

  /** Seconds of loss that a page would show for an image now. */
  async exposure(name: string): Promise<number | null> {
    const image = await this.row(name)
    const reading = await this.reading(image.primary_site ?? '', image.pool)
    const held = {
      caughtUp: image.caught_up === 1,
      sampled: image.sampled === 1,
      untilAt: image.held_until_at,
      grade: image.held_grade as Grade,
    }
    const times = reading ? { sampledAt: reading.sampled_at, fastSampledAt: reading.fast_sampled_at } : null
    const until = heldUntilOf(held, times)
    return until === null ? null : (this.clock.now() - until) / 1000
  }

  async ifLost(name: string) {
    return (await this.summary('if-lost'))?.find((some) => some.site === name)
  }

  summary<K extends keyof Summaries>(key: K): Promise<Summaries[K] | null> {
    return loadSummary<Summaries[K]>(this.store, key)
  }
}
