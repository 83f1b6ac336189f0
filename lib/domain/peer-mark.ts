/** A pool's list of peers at one site, and what mirroring calls the site. */
interface Listed {
  readonly siteName: string
  readonly peers: readonly { readonly siteName: string; readonly mirrorUuid: string }[]
}

/**
 * How one site tells the copies and journal readers of another from those of a third. `only`: the other one's mirror uuid
 * is not written down, which happens where nothing is copied the other way, but there is no third. `unknown`: there are
 * several, or others.
 */
export type PeerMark =
  | { readonly kind: 'uuid'; readonly uuid: string }
  | { readonly kind: 'only' }
  | { readonly kind: 'unknown' }

/** What each side is known by at the other. */
export interface PeerMarks {
  readonly from: PeerMark
  readonly to: PeerMark
}

/** How `here` knows `there`: by the name that mirroring has for it, or that the configuration has. */
export function markOf(here: Listed, there: Listed, configuredName: string): PeerMark {
  const reported = here.peers.filter(({ siteName }) => siteName !== '' && siteName === there.siteName)
  const named = reported.length > 0 ? reported : here.peers.filter(({ siteName }) => siteName === configuredName)
  const [peer] = named
  if (peer !== undefined && named.length === 1 && peer.mirrorUuid !== '') return { kind: 'uuid', uuid: peer.mirrorUuid }
  return here.peers.length === named.length && named.length <= 1 ? { kind: 'only' } : { kind: 'unknown' }
}

/** Why what has this mirror uuid is not taken for the other site's; null where it is. */
export function notOf(mark: PeerMark, uuid: string): string | null {
  if (mark.kind === 'unknown') return 'which of several peers it is of is not known'
  return mark.kind === 'only' || mark.uuid === uuid ? null : `it is of another site (mirror uuid ${uuid || 'none'})`
}
