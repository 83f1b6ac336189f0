/** What a promotion by force loses of one image, in seconds. `atLeast` is 0 where nothing is proven to be lost. */
export interface Loss {
  readonly atLeastSec: number
  /** The claim: never smaller than the loss. Null where nothing is known to be held. */
  readonly atMostSec: number | null
}

/**
 * The old primary took writes at least until it was last heard, and perhaps until it was fenced; not fenced, until now.
 * Whether anything was written in that time nobody can know from here, so these are spans of time, not bytes.
 */
export function lossOf(
  heldUntilAt: number | null,
  outage: { readonly lastHeardAt: number | null; readonly endAt: number | null },
  nowMs: number,
): Loss {
  if (heldUntilAt === null) return { atLeastSec: 0, atMostSec: null }
  const end = Math.max(outage.endAt ?? nowMs, outage.lastHeardAt ?? 0)
  const seconds = (until: number | null) => (until === null ? 0 : Math.max(0, (until - heldUntilAt) / 1000))
  return { atLeastSec: seconds(outage.lastHeardAt), atMostSec: seconds(end) }
}
