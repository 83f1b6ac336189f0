import { z } from 'zod'
import { OverviewView } from './overview'
import { RunRow } from './runs'
import { PoolPulse } from './shell'

/** The overview, for a screen that nobody touches. */
export const WallView = OverviewView.extend({
  name: z.string(),
  demo: z.boolean(),
  rtoSec: z.number(),
  /** Which build answers: a screen that was left on loads itself again after an update. */
  build: z.string(),
  /** Of every pool of every site: with whom it is mirrored, if with anybody. */
  pools: z.array(PoolPulse),
  /** Live ones, newest first. */
  runs: z.array(RunRow),
  lastRun: RunRow.nullable(),
})
export type WallView = z.output<typeof WallView>
