import { applyStatuses } from './apply-statuses'
import type { Job } from './lane'
import { roundPaceMs } from './pace'
import type { SiteContext } from './site-context'
import { errorText, isNoAnswer } from './site-health'
import type { PoolState } from './world'

/** So many pools in a row without an answer: it is the site, not a pool. */
const DEAD_AFTER = 2

interface Waiter {
  readonly since: number
  readonly resolve: () => void
}

export interface RoundJob extends Job {
  /** Resolves after a whole round that began after this call (or failed). */
  request(): Promise<void>
}

/**
 * The fast round: every mirrored pool's statuses, one pool a run, so that sampling gets its turn in between. A pool
 * that fails does not keep the others from being read.
 */
export function roundJob(ctx: SiteContext): RoundJob {
  let waiters: Waiter[] = []
  let queue: PoolState[] | null = null
  let startedAt = 0
  let busyMs = 0
  let lastMs = 0
  let silentPools = 0
  let failed = false

  const begin = () => {
    startedAt = ctx.clock.now()
    busyMs = 0
    silentPools = 0
    failed = false
    // Those that failed last come last: they may take a deadline each.
    queue = mirroredPools(ctx).sort((a, b) => Number(a.error !== '') - Number(b.error !== ''))
  }

  const end = (job: RoundJob) => {
    queue = null
    if (!failed) ctx.site.roundMs = busyMs
    ctx.site.changed = true
    const [served, waiting] = [waiters.filter((w) => w.since <= startedAt), waiters.filter((w) => w.since > startedAt)]
    waiters = waiting
    lastMs = busyMs
    job.nextAt = startedAt + (waiting.length > 0 ? 3 * busyMs : roundPaceMs(busyMs, Math.random()))
    for (const { resolve } of served) resolve()
  }

  const readNext = async () => {
    const state = queue?.shift()
    if (state === undefined) return void (await ctx.ask(() => ctx.cluster.rbdPools()))
    const began = ctx.clock.now()
    try {
      await readPool(ctx, state)
      silentPools = 0
    } catch (error) {
      failed = true
      state.error = errorText(error)
      state.changed = true
      ctx.log.warn({ site: ctx.site.name, pool: state.pool, error: state.error }, 'a pool could not be read')
      if (isNoAnswer(error) && (++silentPools >= DEAD_AFTER || queue?.length === 0)) throw error
    } finally {
      busyMs += ctx.clock.now() - began
    }
  }

  return {
    name: 'round',
    nextAt: 0,
    async run() {
      if (queue === null) begin()
      let over = true
      try {
        await readNext()
        over = queue === null || (queue as PoolState[]).length === 0
      } finally {
        if (over) end(this)
      }
    },
    request() {
      return new Promise((resolve) => {
        waiters.push({ since: ctx.clock.now(), resolve })
        // Sooner than its turn, but a run of ten thousand steps must not keep a big site reading all the time.
        if (queue === null) this.nextAt = Math.min(this.nextAt, startedAt + 3 * lastMs)
      })
    },
  }
}

const mirroredPools = ({ world, site }: SiteContext): PoolState[] =>
  [...world.poolStates.values()].filter(
    (state) => state.site === site.name && (state.mode === 'image' || state.mode === 'pool'),
  )

async function readPool(ctx: SiteContext, state: PoolState): Promise<void> {
  const askedAt = ctx.clock.now()
  const reading = await ctx.ask(() => ctx.mirror.statuses(state.pool))
  await applyStatuses(ctx.world, state, reading, { askedAt, cameAt: ctx.clock.now() })
}
