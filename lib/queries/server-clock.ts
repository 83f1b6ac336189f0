/**
 * The server's clock as this browser sees it. Ages are counted by it: a laptop whose clock is off by a minute must not
 * show an exposure that is off by a minute. The answer that came back fastest tells the time best.
 */
const MAX_AGE_MS = 120_000

let offsetMs = 0
let bestTripMs = Number.POSITIVE_INFINITY
let learntAt = 0

export function learnServerTime(serverAt: number, sentAt: number, receivedAt: number): void {
  const tripMs = receivedAt - sentAt
  if (tripMs > bestTripMs && receivedAt - learntAt < MAX_AGE_MS) return
  offsetMs = serverAt - (sentAt + receivedAt) / 2
  bestTripMs = tripMs
  learntAt = receivedAt
}

/** In the browser alone: a server is its own clock. */
export const serverNow = (): number => Date.now() + offsetMs
