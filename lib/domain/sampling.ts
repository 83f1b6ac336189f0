/** How the journals at a site are sampled within a budget of processor time. Times in milliseconds. */
export interface SamplingPlan {
  /** Sampled at every step: for these a claim is within about 15 s of the truth. */
  readonly set: readonly string[]
  /** The others, some at every step, in turn. */
  readonly rest: readonly string[]
  readonly restPerStep: number
  readonly stepMs: number
}

const SHORTEST_STEP_MS = 2_000
/** Longer, and with rbd-mirror's own 5 s of commit age and 5 s of polling a claim would not be within 15 s. */
const LONGEST_STEP_MS = 4_000
/** Share of the budget for the set where not all fit; what is left keeps the others from being forgotten. */
const SET_SHARE = 0.8

/**
 * `images` in order of importance. `costMs`: measured time for one of them. `cpuShare`: 0..1 of one core. The step is
 * as long as the budget asks, but where all do not fit into the longest one, a set is chosen and the rest takes turns.
 */
export function samplingPlan(images: readonly string[], costMs: number, cpuShare: number): SamplingPlan {
  const wantedMs = (images.length * costMs) / cpuShare
  if (wantedMs <= LONGEST_STEP_MS) {
    return { set: images, rest: [], restPerStep: 0, stepMs: Math.max(SHORTEST_STEP_MS, wantedMs) }
  }
  const perStep = (LONGEST_STEP_MS * cpuShare) / costMs
  const size = Math.floor(perStep * SET_SHARE)
  return {
    set: images.slice(0, size),
    rest: images.slice(size),
    restPerStep: Math.max(1, Math.floor(perStep - size)),
    stepMs: LONGEST_STEP_MS,
  }
}
