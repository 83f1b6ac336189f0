import type { Clock } from '@/lib/ports/clock'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** A clock that only tests move. Everything that is ready runs before time goes on. */
export class FakeClock implements Clock {
  private sleepers: Sleeper[] = []

  constructor(private time = 1_800_000_000_000) {}

  now(): number {
    return this.time
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        at: this.time + Math.ceil(ms),
        wake: () => {
          this.sleepers = this.sleepers.filter((other) => other !== sleeper)
          signal?.removeEventListener('abort', sleeper.wake)
          resolve()
        },
      }
      this.sleepers.push(sleeper)
      signal?.addEventListener('abort', sleeper.wake, { once: true })
    })
  }

  /** Lets time pass, one sleeper after the other. */
  async advance(ms: number): Promise<void> {
    const until = this.time + ms
    await settle()
    for (;;) {
      const next = this.sleepers.reduce<Sleeper | null>((a, b) => (a === null || b.at < a.at ? b : a), null)
      if (next === null || next.at > until) break
      this.time = Math.max(this.time, next.at)
      next.wake()
      await settle()
    }
    this.time = until
    await settle()
  }
}

/** Everything that needs no time has been done after so many turns of the loop, writes to the store included. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setImmediate(resolve))
}
