import type { Attention, Summaries } from '@/lib/domain/summary'
import type { Clock } from '@/lib/ports/clock'
import type { Store } from '@/lib/store/database'
import { loadSummary, writeBreaches, writeRollups, writeSummaries } from '@/lib/store/inventory-figures'
import { lookAtApart } from './apart-look'
import { sweepBreaches } from './breach-keeper'
import { RollupKeeper } from './rollup-keeper'
import type { PollerLog } from './site-context'
import { createStatementKeeper } from './statement-keeper'
import { createSummaryKeeper } from './summary-keeper'
import type { World } from './world'

const PACE_MS = 1_000
/** Without a change: readings may have grown too old, and points may have passed their objective. */
const LOOK_AGAIN_MS = 5_000
const BREACH_PACE_MS = 10_000
/** Points in a summary that move by less are no news: a page counts on from them. */
const POINT_STEP_MS = 5_000

/** Keeps summaries, roll-ups and breaches, from memory, until `signal` is aborted. */
export async function runKeeper(
  world: World,
  store: Store,
  clock: Clock,
  log: PollerLog,
  signal: AbortSignal,
): Promise<void> {
  const before = await loadSummary<readonly Attention[]>(store, 'attention')
  const keeper = createSummaryKeeper(world, before ?? [])
  const statements = await createStatementKeeper(world, store)
  const rollups = new RollupKeeper()
  const written = new Map<string, string>()
  let lookedAt = 0
  let sweptAt = 0

  const look = async (nowMs: number) => {
    const [stated, apart] = [await statements.look(nowMs), await lookAtApart(store)]
    const all = { ...stated, items: [...stated.items, ...apart.items], apart: apart.byVerdict }
    const { summaries, lanes } = await keeper.renew(nowMs, all)
    const news = changedSummaries(summaries, written)
    if (news.length > 0) await writeSummaries(store, news, nowMs)
    for (const { key, gist } of news) written.set(key, gist)
    await writeRollups(store, rollups.look(lanes, nowMs))
  }

  while (!signal.aborted) {
    const now = clock.now()
    const stale = [...world.pairPools.values()].some((pool) => pool.stale)
    try {
      if (stale || now - lookedAt >= LOOK_AGAIN_MS || (await statements.isNews(now))) {
        lookedAt = now
        await look(now)
      }
      if (now - sweptAt >= BREACH_PACE_MS) {
        sweptAt = now
        await writeBreaches(store, await sweepBreaches(world, now))
      }
    } catch (error) {
      log.warn({ error: String(error) }, 'the summaries could not be written; they are made again')
      written.clear()
    }
    // A huge world costs more to count: never more than a tenth of the time.
    await clock.sleep(Math.max(PACE_MS, 9 * (clock.now() - now)), signal)
  }
}

/** Summaries whose gist is another: times are compared in coarse steps, since they tick. */
function changedSummaries(summaries: Summaries, written: ReadonlyMap<string, string>) {
  return Object.entries(summaries).flatMap(([key, value]) => {
    const gist = JSON.stringify(value, coarse)
    return written.get(key) === gist ? [] : [{ key, json: JSON.stringify(value), gist }]
  })
}

const TICKING = new Set(['worstHeldUntilAt', 'medianHeldUntilAt', 'readAt'])

const coarse = (key: string, value: unknown): unknown =>
  TICKING.has(key) && typeof value === 'number' ? Math.floor(value / POINT_STEP_MS) : value
