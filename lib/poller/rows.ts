import type {
  JournalSamplesTable,
  PoolReadingsTable,
  SitesTable,
  SnapshotMarksTable,
} from '@/lib/store/inventory-tables'
import type { Evidence } from '@/lib/store/inventory-write'
import type { ImageState } from './image-state'
import type { PoolState, SiteState } from './world'

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

export const siteRow = (site: SiteState): SitesTable => ({
  name: site.name,
  state: site.condition,
  last_ok_at: site.lastOkAt,
  silent_since: site.silentSince,
  error: site.error,
  failures: site.failures,
  facts_json: json(site.facts),
  facts_at: site.factsAt,
  clock_skew_ms: site.clock?.skewMs ?? null,
  clock_bound_ms: site.clock?.boundMs ?? null,
  round_ms: site.roundMs,
})

export const readingRow = (state: PoolState): PoolReadingsTable => ({
  site: state.site,
  pool: state.pool,
  pair: state.pair,
  peer_site: state.peerSite,
  mode: state.mode,
  observed_at: state.observedAt,
  error: state.error,
  images: state.images,
  mirroring_json: json(state.mirroring),
  daemons_json: json(state.daemons),
  schedules_json: json(state.schedules),
  slow_at: state.slowAt,
  sampled_at: state.sampledAt,
  fast_sampled_at: state.fastSampledAt,
  unmirrored: state.unmirrored,
})

export const markRows = (image: ImageState): Evidence<SnapshotMarksTable> => ({
  imageId: image.id,
  rows: (image.marks?.points ?? []).map((mark) => ({
    image_id: image.id,
    site: image.marks?.site ?? '',
    snap_id: mark.snapId,
    taken_at: mark.takenAt,
  })),
})

export const sampleRows = (image: ImageState): Evidence<JournalSamplesTable> => {
  const site = image.direction?.primarySite ?? ''
  return {
    imageId: image.id,
    rows: image.tails.samples.map(({ at, tail, exact }) => ({
      image_id: image.id,
      site,
      at,
      tag: tail.tag,
      entry: tail.entry,
      exact: exact ? 1 : 0,
    })),
  }
}
