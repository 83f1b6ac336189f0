import type { Clock } from '@/lib/ports/clock'

/** The real clock. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const awake = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', awake)
        resolve()
      }
      const timer = setTimeout(awake, ms)
      signal?.addEventListener('abort', awake, { once: true })
    }),
}
