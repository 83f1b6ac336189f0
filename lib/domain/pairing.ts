import { type PairName, pairOf, type SiteName } from './words'

/** A pool as a configured site tells it. */
export interface PairingView {
  readonly site: SiteName
  /** What the site calls itself in this pool; '' where it has not been read. */
  readonly reportedName: string
  readonly peers: readonly { readonly siteName: string; readonly mirrorUuid: string }[]
}

export interface Pairing {
  readonly pair: PairName
  readonly peerSite: SiteName
  /** The copy's client id in the journals here; '' until the other rbd-mirror has been seen. */
  readonly peerUuid: string
}

/**
 * Which configured site a pool is mirrored with. A site is what the configuration says it is (both clusters may have
 * one fsid), so Ceph's names are only looked up: first among the names that the sites report in this very pool, then
 * among the configured ones. Null where the peer is none of ours, or where two sites report the name.
 */
export function pairingOf(here: PairingView, everywhere: readonly PairingView[]): Pairing | null {
  for (const peer of here.peers) {
    const others = everywhere.filter((view) => view.site !== here.site)
    const reported = others.filter((view) => view.reportedName === peer.siteName)
    const named = others.filter((view) => view.site === peer.siteName)
    const found = reported.length > 0 ? reported : named
    const [other] = found
    if (found.length === 1 && other !== undefined) {
      return { pair: pairOf(here.site, other.site), peerSite: other.site, peerUuid: peer.mirrorUuid }
    }
  }
  return null
}
