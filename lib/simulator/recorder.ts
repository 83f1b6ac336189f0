import type { Recorded, StateLog } from './state-log'

const KEPT = 20_000

/** What the clusters were told, newest last. Tests judge by this, never by the app's own journal. */
export class Recorder {
  #ring: Recorded[] = []

  constructor(readonly log: StateLog) {}

  /** Notes that a command began; the function that is returned notes how it ended. */
  began(
    site: string,
    argv: readonly string[],
    attemptId: string | null,
    at: number,
  ): (exit: number | null, at: number) => void {
    const begun: Recorded = { at, site, argv, attemptId, exit: null, startedAt: at, endedAt: null }
    this.#ring.push(begun)
    if (this.#ring.length > KEPT) this.#ring = this.#ring.slice(-KEPT / 2)
    this.log.record(begun)
    return (exit, endedAt) => {
      const ended: Recorded = { ...begun, exit, endedAt }
      const index = this.#ring.lastIndexOf(begun)
      if (index >= 0) this.#ring[index] = ended
      this.log.record(ended)
    }
  }

  /** Commands received since `since` (epoch milliseconds). */
  since(since: number): readonly Recorded[] {
    return this.#ring.filter((r) => r.startedAt >= since)
  }
}
