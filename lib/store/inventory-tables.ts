/** What the poller knows of the outside. Times are epoch milliseconds; text columns named *_json hold JSON. */

export interface SitesTable {
  name: string
  /** ok, failing (some reads fail), silent (nothing answers), new (not read yet). */
  state: string
  /** Last time anything at the site answered. */
  last_ok_at: number | null
  /** Since when nothing answers; null while it does. */
  silent_since: number | null
  /** One line: what failed last, empty while all is well. */
  error: string
  failures: number
  /** ClusterFacts (ports/cluster) and when they were read. */
  facts_json: string | null
  facts_at: number | null
  /** Site's clock minus ours, and half the round trip as its uncertainty. */
  clock_skew_ms: number | null
  clock_bound_ms: number | null
  /** Duration of the last fast round that went well; domain/verdict-now `freshMs` makes the age of "too old" of it. */
  round_ms: number | null
}

/** One pool as one site reads it. `observed_at` is the time of the reading: it is written every round, rows are not. */
export interface PoolReadingsTable {
  site: string
  pool: string
  /** Null where the pool is not mirrored or the peer names no configured site. */
  pair: string | null
  peer_site: string | null
  /** disabled, image, pool, unknown. */
  mode: string
  observed_at: number | null
  error: string
  images: number
  /** PoolMirroring, MirrorDaemon[], SnapshotSchedule[] (ports/mirror) and when they were read. */
  mirroring_json: string | null
  daemons_json: string | null
  schedules_json: string | null
  slow_at: number | null
  /**
   * Of journal samples taken here as primary: every image with `caught_up` held all that there was at this time. The
   * oldest of their last samples. Use domain/held `heldUntilOf`.
   */
  sampled_at: number | null
  /** The same for those with `sampled` = 1, which are sampled at every step: newer than `sampled_at` where others take turns. */
  fast_sampled_at: number | null
  /** Images of the pool at this site that are not mirrored, null where not counted. */
  unmirrored: number | null
}

/** One image across both sites of a pair. `left` is the first site of the pair's name, `right` the second. */
export interface ImagesTable {
  id: string
  pair: string
  pool: string
  namespace: string
  global_id: string
  name: string
  mode: string
  /** primary, non-primary, absent, unknown. */
  left_role: string
  right_role: string
  /** Ceph's replay state, verbatim; '' where nothing was reported. */
  left_state: string
  right_state: string
  left_up: number
  right_up: number
  left_description: string
  right_description: string
  left_image_id: string
  right_image_id: string
  /** Site that is primary alone; null where both, none or unknown. */
  primary_site: string | null
  /** domain/verdict: following, copying, two-primaries, split-brain, both-secondary, stopped, error, no-copy, unknown. */
  verdict: string
  /** A sentence for the verdict. */
  verdict_text: string
  /** Rank for "worst first": higher is worse. */
  severity: number
  /** 1 where the copy held all that was there at the pool's last sample: then held-until is the pool's time of sampling. */
  caught_up: number
  /** 1 in the set whose journals are sampled at every step (claims within about 15 s), 0 where they take turns or not at all. */
  sampled: number
  /** Newest point in time that the copy is known to hold everything of. Null where nothing is known to be held. */
  held_until_at: number | null
  /** measured, bounded, estimated, unknown. */
  held_grade: string
  held_text: string
  objective_sec: number
  /** held_until_at + objective: from then on it is behind its objective. Null where caught up or nothing is held. */
  breach_at: number | null
  sync_percent: number | null
  size_bytes: number | null
  parent_pool: string | null
  parent_namespace: string | null
  parent_name: string | null
  /** 1, 0, or null where not known. */
  parent_mirrored: number | null
  /** Interval of the schedule that is in force at the primary ('' none, null not read). */
  schedule: string | null
  /** When the copy was first seen under its present image id after it had another one; null where it never changed. */
  copy_since: number | null
  /** domain/hollow `CloneMemory`: the image id of the copy that was seen with a parent; '' an earlier one, null none. */
  cloned_copy: string | null
  /** What is said of that copy: seen, unseen; null where it is not hollow. */
  hollow: string | null
  changed_at: number
}

/**
 * Mirror snapshots seen at the primary while it lived: id → time, by the console's clock. The copy's own times are
 * never used. Those below what the copy holds are dropped.
 */
export interface SnapshotMarksTable {
  image_id: string
  site: string
  snap_id: number
  taken_at: number
}

/**
 * Journal positions sampled at the primary: what was acknowledged by `at` lies at or before (tag, entry). Kept for
 * images that are behind, thinned, and for all when their site falls silent.
 */
export interface JournalSamplesTable {
  image_id: string
  site: string
  at: number
  tag: number
  entry: number
  /** 0 where the end of the journal was not found and the primary's own commit position stands in, made older. */
  exact: number
}

/** Exposure of a scope (`pool:PAIR/POOL/FROM`) by the minute. */
export interface RollupsTable {
  scope: string
  minute: number
  worst_sec: number | null
  p95_sec: number | null
  median_sec: number | null
  images: number
  unknown: number
}

/** When an image was behind its objective. */
export interface BreachesTable {
  image_id: string
  started_at: number
  ended_at: number | null
  worst_sec: number
}

/** Counts and verdicts kept by the worker, so that pages never aggregate 100,000 rows. JSON by key. */
export interface SummariesTable {
  key: string
  json: string
  at: number
}

export interface InventoryTables {
  sites: SitesTable
  pool_readings: PoolReadingsTable
  images: ImagesTable
  snapshot_marks: SnapshotMarksTable
  journal_samples: JournalSamplesTable
  rollups: RollupsTable
  breaches: BreachesTable
  summaries: SummariesTable
}
