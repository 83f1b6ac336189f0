import { applyStatuses } from './apply-statuses'
import type { Job } from './lane'
import { pairAgain } from './pair-pools'
import { applySchedules } from './schedules'
import type { SiteContext } from './site-context'
import { errorText, isNoAnswer } from './site-health'
import { type PoolState, poolState } from './world'

const PACE_MS = 60_000
const SCHEDULES_EVERY_MS = 5_000
const DEAD_AFTER = 2

/** Counts all images of a pool; the mirror port cannot. */
export type ImageCount = (pool: string) => Promise<number>

export interface SlowJob extends Job {
  /** Schedules soon: somebody has just changed one. */
  soon(): void
}

/**
 * The slow round, by command: what the cluster says of itself, its pools, their mirroring, daemons and schedules. One
 * step a run; a step that fails is noted and the next one goes on, unless nothing answers at all. `onPairs`: a pool has
 * found its pair, or lost it.
 */
export function slowJob(ctx: SiteContext, images: ImageCount | null, onPairs: () => void): SlowJob {
  const { site, world, mirror, cluster, clock } = ctx
  let steps: (() => Promise<void>)[] = []
  let startedAt = 0
  let silentSteps = 0
  let schedulesAt = Number.NEGATIVE_INFINITY
  let dueAt = 0
  let isAsked = false

  const facts = async () => {
    site.facts = await ctx.ask(() => cluster.facts())
    site.factsAt = clock.now()
    site.changed = true
  }

  const pools = async () => {
    const names = await ctx.ask(() => cluster.rbdPools())
    for (const state of [...world.poolStates.values()]) {
      if (state.site === site.name && !names.includes(state.pool)) await emptied(state)
    }
    const states = names.map((name) => poolState(world, site.name, name))
    steps.push(...states.map((state) => () => mirroring(state)), schedules, facts)
  }

  const mirroring = async (state: PoolState) => {
    const found = await noted(ctx, state, () => ctx.ask(() => mirror.poolMirroring(state.pool)))
    if (found === undefined) return
    if (found.mode === 'disabled') await emptied(state)
    state.mirroring = found
    state.mode = found.mode
    state.slowAt = clock.now()
    state.changed = true
    if (pairAgain(world)) onPairs()
    if (found.mode === 'disabled') return
    if (isDue(state.pool)) steps.push(() => costly(state))
  }

  // By command the daemons come with a line for each image: 34 s for 10,000 (lab). So no more than a twentieth of the time.
  const again = new Map<string, number>()
  const isDue = (pool: string) => clock.now() >= (again.get(pool) ?? 0)
  const costly = async (state: PoolState) => {
    const began = clock.now()
    await daemons(state)
    if (images !== null) await unmirrored(state, images)
    again.set(state.pool, clock.now() + 20 * (clock.now() - began))
  }

  const daemons = async (state: PoolState) => {
    const found = await noted(ctx, state, () => ctx.ask(() => mirror.daemons(state.pool)))
    if (found === undefined) return
    state.daemons = found
    state.changed = true
  }

  const unmirrored = async (state: PoolState, count: ImageCount) => {
    const all = await noted(ctx, state, () => ctx.ask(() => count(state.pool)))
    if (all === undefined || state.readings === 0) return
    state.unmirrored = Math.max(0, all - state.images)
    state.changed = true
  }

  const schedules = async () => {
    schedulesAt = clock.now()
    const found = await ctx.ask(() => mirror.schedules())
    await applySchedules(world, site.name, found, clock.now())
  }

  /** A pool that is gone, or is not mirrored any more, has been read: it holds no mirrored image. */
  const emptied = async (state: PoolState) => {
    if (state.mode === 'disabled') return
    const now = clock.now()
    const reading = { pool: state.pool, observedAt: now, rows: [] }
    await applyStatuses(world, state, reading, { askedAt: now, cameAt: now })
    state.mode = 'disabled'
    state.changed = true
  }

  return {
    name: 'slow',
    nextAt: 0,
    async run() {
      // What somebody asked for between is no part of a round: else each look would put off the next one.
      const isBetween = isAsked
      isAsked = false
      if (!isBetween && steps.length === 0) {
        startedAt = clock.now()
        // What the reading of images waits for comes first.
        steps = [pools]
      }
      const step = isBetween ? schedules : steps.shift()
      try {
        await step?.()
        silentSteps = 0
      } catch (error) {
        // A dead mgr answers some questions and not others; two in a row, and it is the site.
        if (isNoAnswer(error) && (++silentSteps >= DEAD_AFTER || steps.length === 0)) {
          steps = []
          throw error
        }
        ctx.log.warn({ site: site.name, error: errorText(error) }, 'a slow reading failed')
      } finally {
        if (!isBetween) {
          dueAt = steps.length > 0 ? clock.now() : startedAt + Math.max(PACE_MS, 3 * (clock.now() - startedAt))
        }
        this.nextAt = isAsked ? 0 : dueAt
      }
    },
    soon() {
      if (clock.now() - schedulesAt < SCHEDULES_EVERY_MS) return
      isAsked = true
      this.nextAt = 0
    },
  }
}

/** A pool's own failure is kept with the pool; only silence ends the round. */
async function noted<T>(ctx: SiteContext, state: PoolState, question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question()
  } catch (error) {
    if (isNoAnswer(error)) throw error
    state.error = errorText(error)
    state.changed = true
    ctx.log.warn({ site: ctx.site.name, pool: state.pool, error: state.error }, 'a pool could not be read')
    return undefined
  }
}
