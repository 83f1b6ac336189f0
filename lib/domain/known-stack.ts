/** A stack of Heat with what is its own. Whatever changes these servers by hand, Heat does not know. */
export interface KnownStack {
  readonly id: string
  readonly name: string
  readonly status: string
  /** Epoch milliseconds; null: never since it was made. */
  readonly updatedAt: number | null
  readonly tenant: string
  /** Ids of its servers; null: not read yet. */
  readonly servers: readonly string[] | null
}
