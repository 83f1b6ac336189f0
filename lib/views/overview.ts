import { z } from 'zod'
import { SitePulse } from './shell'
import { SUMMARY_SCHEMAS } from './summary'

/** A site as a node of the map: what it says of itself, null where it was never read. */
export const MapSite = SitePulse.extend({
  fsid: z.string().nullable(),
  version: z.string().nullable(),
  health: z.string().nullable(),
  /** rbd-mirror daemons: how many are well, of how many. Null where not read. */
  daemons: z.object({ well: z.number(), total: z.number() }).nullable(),
})
export type MapSite = z.output<typeof MapSite>

/** Null is "not read yet", and is said so on screen. It is never shown as 0. */
export const OverviewView = z.object({
  now: z.number(),
  rpoSec: z.number(),
  sites: z.array(MapSite),
  /** Pairs whose pools name each other, so that a stream without images still has its dashed line. */
  pairs: z.array(z.string()),
  ifLost: SUMMARY_SCHEMAS['if-lost'].nullable(),
  streams: SUMMARY_SCHEMAS.streams.nullable(),
  /** One a direction and pool. */
  poolStreams: SUMMARY_SCHEMAS['pool-streams'].nullable(),
  attention: SUMMARY_SCHEMAS.attention.nullable(),
  counts: SUMMARY_SCHEMAS.counts.nullable(),
})
export type OverviewView = z.output<typeof OverviewView>
