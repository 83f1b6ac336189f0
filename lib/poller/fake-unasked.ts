const never = () => Promise.reject(new Error('the poller neither asks this nor changes anything'))

/** What the poller never asks of mirroring. */
export const UNASKED = {
  watchers: never,
  found: never,
  dataHealth: never,
  mirrorUuid: never,
  reaches: never,
  act: never,
  mayLive: never,
  poolImages: never,
  secret: never,
  evidence: { ties: never, written: never, sampled: never },
}

/** What the poller never asks of clusters. */
export const UNASKED_OF_CLUSTERS = { pools: never, osdAddresses: never, users: never }
