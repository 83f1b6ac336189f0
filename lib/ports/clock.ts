/** Time from outside, so that tests own it. Epoch milliseconds. */
export interface Clock {
  now(): number
  /** Resolves after `ms`, or at once where `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
