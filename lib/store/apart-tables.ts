/** An image whose two histories an operator keeps on purpose. Open while `ended_at` is null. Times are epoch milliseconds. */
export interface KeptApartTable {
  id: string
  image_id: string
  /** `pool/name`, as it was when it was marked. */
  name: string
  pair: string
  reason: string
  /** JSON of an Actor; so is `ended_by`. */
  by: string
  created_at: number
  /** Since when the poller has seen it apart. */
  parted_at: number
  /** JSON of { [site]: Amount } as it was last measured; null before. */
  meter: string | null
  measured_at: number | null
  ended_at: number | null
  ended_by: string | null
  end_reason: string
}

export interface ApartTables {
  kept_apart: KeptApartTable
}
