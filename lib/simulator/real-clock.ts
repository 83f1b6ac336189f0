import type { Clock } from '@/lib/ports/clock'

/** The machine's time, shifted by `offsetMs`. */
export const realClock = (offsetMs = 0): Clock => ({
  now: () => Date.now() + offsetMs,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve()
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      signal?.addEventListener('abort', done, { once: true })
    }),
})
