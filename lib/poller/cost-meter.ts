const WINDOW = 20
const FIRST_MS = 2
/** The clock counts whole milliseconds: what seems to cost nothing still costs something. */
const LEAST_MS = 0.05

/**
 * What one image costs at a site, in milliseconds of processor time. Only wall time can be seen from here, and that
 * holds all the waiting: for the way there, for other people's load. The least of the last readings comes nearest.
 */
export class CostMeter {
  private readings: number[] = []

  note(tookMs: number, images: number): void {
    if (images === 0) return
    this.readings = [...this.readings, tookMs / images].slice(-WINDOW)
  }

  perImageMs(): number {
    return this.readings.length === 0 ? FIRST_MS : Math.max(LEAST_MS, Math.min(...this.readings))
  }
}
