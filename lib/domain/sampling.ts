/** How the journals at a site are sampled within a budget of processor time. Times in milliseconds. */
export interface SamplingPlan {
  /** Sampled at every step: for these a claim is within about 15 s of the truth. */
  readonly set: readonly string[]
  /** The others, some at every step, in turn. */
  readonly rest: readonly string[]
  readonly restPerStep: number
  readonly stepMs: number
}

/**
 * A claim is within 15 s of the truth only with a step of 2 s: rbd-mirror polls a journal every 5 s and writes its
 * commit position every 5 s, and the step counts twice, before the last sample and after the one that is reached.
 */
const STEP_MS = 2_000
/** Share of the budget for the set where not all fit; what is left keeps the others from being forgotten. */
const SET_SHARE = 0.8

/**
 * `images` in order of importance. `costMs`: measured time for one of them. `cpuShare`: 0..1 of one core. Where all do
 * not fit into a step, a set is chosen and the rest takes turns.
 */
export function samplingPlan(images: readonly string[], costMs: number, cpuShare: number): SamplingPlan {
  const perStep = (STEP_MS * cpuShare) / costMs
  if (images.length <= perStep) return { set: images, rest: [], restPerStep: 0, stepMs: STEP_MS }
  const size = Math.floor(perStep * SET_SHARE)
  const restPerStep = Math.max(1, Math.floor(perStep - size))
  return {
    set: images.slice(0, size),
    rest: images.slice(size),
    restPerStep,
    // One image alone may be more than the budget of a step: then the steps are longer.
    stepMs: Math.max(STEP_MS, ((size + restPerStep) * costMs) / cpuShare),
  }
}
