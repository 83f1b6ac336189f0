import type { Clock } from '@/lib/ports/clock'

/**
 * A sleep that can be ended early, again and again. Not made of `AbortSignal.any`: with a source that lives as long as
 * the process, Node 20 keeps every signal derived from it.
 */
export class Waker {
  private controller = new AbortController()
  private woken = false

  constructor(
    private readonly clock: Clock,
    signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.wake(), { once: true })
  }

  /** Ends the sleep that goes on, or the next one where none does. */
  wake(): void {
    this.woken = true
    this.controller.abort()
  }

  async sleep(ms: number): Promise<void> {
    if (!this.woken) await this.clock.sleep(ms, this.controller.signal)
    this.woken = false
    this.controller = new AbortController()
  }
}
