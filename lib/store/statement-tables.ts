/** What operators have stated of the outside: nothing is changed there by it. Times are epoch milliseconds. */

/** A maintenance of the link between two sites: replication is expected to stand still. */
export interface SuspensionsTable {
  /** `s-` and the request id that the browser gave: a double click is one statement. */
  id: string
  pair: string
  /** One direction alone, by the site of its primaries; null: both. */
  from_site: string | null
  /** JSON array of names; empty: every pool of the pair. */
  pools: string
  reason: string
  starts_at: number
  ends_at: number
  /** JSON of an Actor; so are `ended_by` and `closed_by`. */
  by: string
  created_at: number
  /** JSON array of { at, by, from, to, reason }: each a person's word. */
  extensions: string
  /** When a person ended it before its time. */
  ended_at: number | null
  ended_by: string | null
  end_reason: string
  /** JSON of a SuspensionProgress, written by the worker; null until it has looked. */
  progress: string | null
  /** When all had caught up, or a person let the rest be. */
  closed_at: number | null
  closed_by: string | null
  close_reason: string
}

/** A silent site that is waited for, on purpose. */
export interface OutagesTable {
  id: string
  site: string
  reason: string
  /** When the site was last heard, as known when it was acknowledged. */
  last_heard_at: number | null
  /** When it is expected back; null where nobody can say. */
  expected_at: number | null
  by: string
  acknowledged_at: number
  /** Written by the worker. Null again where it fell silent once more before all was proven. */
  returned_at: number | null
  /** JSON of an OutageProgress, written by the worker. */
  progress: string | null
  closed_at: number | null
  closed_by: string | null
  close_reason: string
}

/** Where each image stood when the outage was acknowledged, and whether it has been proven to have gone on. */
export interface OutageImagesTable {
  outage_id: string
  image_id: string
  /** Site of its primary then. */
  from_site: string
  /** Commit position of the copy; null in snapshot mode, and where it was not known. */
  tag: number | null
  entry: number | null
  /** waiting, gone-on, nothing-new, moved. */
  state: string
  proven_at: number | null
}

/** Free room of a pool while a suspension or an outage is open, to tell when it is full. */
export interface RoomReadingsTable {
  site: string
  pool: string
  at: number
  available_bytes: number
  /** At most what the journals of its images keep; null where not read. */
  journal_bytes: number | null
}

export interface StatementTables {
  suspensions: SuspensionsTable
  outages: OutagesTable
  outage_images: OutageImagesTable
  room_readings: RoomReadingsTable
}
