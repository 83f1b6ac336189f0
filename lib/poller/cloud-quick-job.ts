import type { BackendPool } from '@/lib/domain/cloud'
import { paceMs, QUICK_MS } from '@/lib/domain/cloud-age'
import { backendOf } from '@/lib/domain/cloud-place'
import { type CloudContext, readKind } from './cloud-context'
import type { SeenPool } from './cloud-state'
import type { Job } from './lane'

/** Services and pools: little, and what a failover would meet. */
export function cloudQuickJob(ctx: CloudContext, onRead: () => Promise<void>): Job {
  const { state, cloud, clock } = ctx
  return {
    name: 'cloud-quick',
    nextAt: 0,
    async run() {
      const startedAt = clock.now()
      try {
        await readKind(
          ctx,
          'services',
          () => cloud.volumeServices(),
          (services) => {
            state.services = services
          },
        )
        await readKind(
          ctx,
          'pools',
          () => cloud.backendPools(),
          (pools) => {
            state.pools = withRemembered(
              state.pools,
              pools,
              new Set(state.services.map(({ host }) => host)),
              clock.now(),
            )
          },
        )
      } finally {
        const tookMs = clock.now() - startedAt
        for (const kind of ['services', 'pools'] as const) state.readings[kind].tookMs = tookMs
        this.nextAt = Math.max(startedAt + QUICK_MS, startedAt + 3 * tookMs)
        await onRead()
      }
    },
  }
}

/** What the scheduler lists, and what it listed before of backends that are still there: a disabled one is in no list. */
export function withRemembered(
  before: readonly SeenPool[],
  listed: readonly BackendPool[],
  hosts: ReadonlySet<string>,
  nowMs: number,
): SeenPool[] {
  const names = new Set(listed.map(({ name }) => name))
  return [
    ...listed.map((pool) => ({ pool, seenAt: nowMs })),
    ...before.filter(({ pool }) => !names.has(pool.name) && hosts.has(backendOf(pool.host))),
  ]
}

/** Are the users of backends known at the sites? Asked of the clusters, seldom, and a site that refuses stays unknown. */
export function cloudUsersJob(ctx: CloudContext, sitesOf: () => readonly string[]): Job {
  const { state, clock } = ctx
  return {
    name: 'cloud-users',
    nextAt: 0,
    async run() {
      const users = new Set(state.pools.flatMap(({ pool }) => pool.location?.user ?? []))
      const sites = sitesOf()
      if (users.size === 0 || sites.length === 0) {
        this.nextAt = clock.now() + QUICK_MS
        return
      }
      const startedAt = clock.now()
      const reading = state.readings.users
      const found = [...state.users].filter(({ site }) => sites.includes(site))
      const failed: string[] = []
      for (const site of sites) {
        try {
          const entities = new Set((await ctx.cluster(site).users()).map(({ entity }) => entity))
          const kept = found.filter((one) => one.site !== site)
          const news = [...users].map((user) => ({ site, user, known: entities.has(`client.${user}`) }))
          found.splice(0, found.length, ...kept, ...news)
        } catch (error) {
          failed.push(`${site}: ${error instanceof Error ? error.message : String(error)}`)
        }
      }
      const all = failed.length < sites.length
      Object.assign(reading, {
        observedAt: all ? startedAt : reading.observedAt,
        error: failed.join('; '),
        things: found.length,
        tookMs: clock.now() - startedAt,
        changed: true,
      })
      state.users = found
      this.nextAt = startedAt + (failed.length === 0 ? paceMs('users', null) : 4 * QUICK_MS)
    },
  }
}
