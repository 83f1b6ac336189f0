import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import type { Copy, Held, WriteRun } from './image-state'
import { lastWorking, workedMs } from './timeline'

interface Written {
  readonly writes: number
  readonly lastAt: number | null
}

/**
 * What the clients of a primary had acknowledged at `t`, counted from the beginning of its turn. Clients of a lost
 * site write nothing, so the count stands still there.
 */
export function writtenAt(conditions: Conditions, site: SiteName, runs: readonly WriteRun[], t: number): Written {
  const gaps = conditions.siteGaps(site)
  let total = 0
  let lastAt: number | null = null
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i] as WriteRun
    if (run.from > t) break
    const end = Math.min(t, runs[i + 1]?.from ?? t)
    total += run.burst
    if (run.burst > 0) lastAt = run.from
    if (run.perSec === 0) continue
    const before = Math.floor(total)
    total += (run.perSec * workedMs(gaps, run.from, end)) / 1000
    if (Math.floor(total) > before) {
      const since = (total - Math.floor(total)) / run.perSec
      lastAt = lastWorking(gaps, end) - Math.floor(since * 1000)
    }
  }
  return { writes: Math.floor(total), lastAt }
}

/** The content of a primary at `t`. */
export function heldAt(conditions: Conditions, site: SiteName, copy: Copy, t: number): readonly Held[] {
  const turn = copy.history.at(-1)
  // A copy that follows another's turn keeps the runs of its own last one: they are not of this turn.
  if (turn === undefined || turn.site !== site || turn.until !== null) return copy.held
  const { writes, lastAt } = writtenAt(conditions, site, copy.runs, t)
  return [...copy.held.filter((h) => h.turn !== turn.id), { turn: turn.id, writes, lastAt }]
}

/** The rate at which clients write at `t`, per second. */
export function rateAt(conditions: Conditions, site: SiteName, copy: Copy, t: number): number {
  const run = copy.runs.findLast((r) => r.from <= t)
  return run === undefined || lastWorking(conditions.siteGaps(site), t) !== t ? 0 : run.perSec
}
