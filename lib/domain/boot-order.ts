/**
 * What has to be seen after the servers of one boot order were started, before the next order is. ACTIVE is always waited
 * for: it says that Nova started it, and nothing of what runs inside.
 */
export type Gate =
  /** A port that takes connections. `host` as the worker reaches it. */
  | { readonly kind: 'port'; readonly host: string; readonly port: number }
  /** An address that answers with this status of HTTP. */
  | { readonly kind: 'http'; readonly url: string; readonly status: number }
  /** Seconds since the last server of the order was seen ACTIVE. */
  | { readonly kind: 'pause'; readonly sec: number }
  /** A person says that it is so. `question` is what they are asked. */
  | { readonly kind: 'human'; readonly question: string }

/** A gate behind the servers of one boot order. */
export interface BootGate {
  /** The boot order whose servers are ACTIVE before it is looked at. */
  readonly after: number
  readonly gate: Gate
}
