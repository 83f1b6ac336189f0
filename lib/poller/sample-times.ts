import { breath } from '@/lib/ports/slices'
import type { PoolState, World } from './world'

const SLICE = 5_000

/**
 * Moves the pools' times of sampling on: to the oldest point of all images whose row in the store says caught up. So
 * the time is true for each of them, and none of their rows need be written.
 */
export async function advanceSampleTimes(world: World): Promise<void> {
  for (const state of world.poolStates.values()) {
    if (!state.sampled || state.pair === null) continue
    state.sampled = false
    await advance(world, state)
  }
}

async function advance(world: World, state: PoolState): Promise<void> {
  const pool = world.pairPools.get(`${state.pair}/${state.pool}`)
  let all = Number.POSITIVE_INFINITY
  let fast = Number.POSITIVE_INFINITY
  let count = 0
  for (const image of pool?.images.values() ?? []) {
    if (++count % SLICE === 0) await breath()
    const { stored } = image
    if (stored?.caught_up !== 1 || stored.primary_site !== state.site) continue
    const point = image.held?.untilAt ?? null
    // Its evidence is void while its row still says caught up: wait until that is written.
    if (point === null) return
    all = Math.min(all, point)
    if (stored.sampled === 1) fast = Math.min(fast, point)
  }
  const sampledAt = Number.isFinite(all) ? all : state.sampledAt
  const fastSampledAt = Number.isFinite(fast) ? fast : state.fastSampledAt
  if (sampledAt === state.sampledAt && fastSampledAt === state.fastSampledAt) return
  state.sampledAt = sampledAt
  state.fastSampledAt = fastSampledAt
  state.ticked = true
}
