import type { Runtime } from '@/lib/config/runtime'
import { isEnded } from '@/lib/domain/run-states'
import type { Store } from '@/lib/store/database'
import type { WallView } from '@/lib/views/wall'
import { readOverview } from './overview'
import { readRuns } from './runs'
import { readPoolPulses } from './shell'

/** What the wall shows: the overview, live runs and the one before. */
export async function readWall(store: Store, config: Runtime, now: number): Promise<WallView> {
  const [overview, pools, { rows }] = await Promise.all([
    readOverview(store, config, now),
    readPoolPulses(store),
    readRuns(store, 1, now),
  ])
  return {
    ...overview,
    pools,
    name: config.name,
    demo: config.demo,
    rtoSec: config.objectives.rto,
    // A build is served from a folder that is named by its sources.
    build: process.env.ANTIPODE_DIST_DIR ?? '',
    runs: rows.filter(({ state }) => !isEnded(state)),
    lastRun: rows.find(({ state }) => isEnded(state)) ?? null,
  }
}
