import { exposureFigures } from '@/lib/domain/exposure'
import type { Lane } from '@/lib/domain/if-lost'
import { mergedPoints } from '@/lib/domain/tally'
import type { RollupsTable } from '@/lib/store/inventory-tables'

const MINUTE_MS = 60_000

/** Exposure by the minute: each figure is the worst that it was at any look within the minute. */
export class RollupKeeper {
  private minute = 0
  private rows = new Map<string, RollupsTable>()

  /** Takes a look; returns the rows of a minute that is over, none while it goes on. */
  look(lanes: readonly Lane[], nowMs: number): RollupsTable[] {
    const minute = Math.floor(nowMs / MINUTE_MS)
    const over = minute > this.minute ? [...this.rows.values()] : []
    if (minute > this.minute) {
      this.rows = new Map()
      this.minute = minute
    }
    for (const lane of lanes) if (lane.tally.images > 0) this.add(lane, nowMs)
    return over
  }

  private add({ tally, times }: Lane, nowMs: number): void {
    const scope = `pool:${tally.pair}/${tally.pool}/${tally.from}`
    const figures = exposureFigures(mergedPoints([{ points: tally.all, times }]), nowMs)
    const before = this.rows.get(scope)
    this.rows.set(scope, {
      scope,
      minute: this.minute * MINUTE_MS,
      worst_sec: worse(before?.worst_sec, figures.worstSec),
      p95_sec: worse(before?.p95_sec, figures.p95Sec),
      median_sec: worse(before?.median_sec, figures.medianSec),
      images: tally.images,
      unknown: Math.max(before?.unknown ?? 0, tally.all.none),
    })
  }
}

const worse = (a: number | null | undefined, b: number | null): number | null => {
  if (b === null) return a ?? null
  return Math.max(a ?? 0, Math.ceil(b))
}
