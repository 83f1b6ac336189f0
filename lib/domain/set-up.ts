import type { SiteName } from './words'

/** How one site gets to know the other: by a token that the other one makes, or by its monitors and a key. */
export type PeerWay =
  | { readonly kind: 'token'; readonly direction: 'rx-only' | 'rx-tx' }
  | {
      readonly kind: 'by-hand'
      /** What this site's rbd-mirror logs in as at the other, `client.rbd-mirror-peer`. */
      readonly client: string
      /** The other site's monitors, as `mon host` takes them. */
      readonly monHost: string
    }

/** A pool's mirroring at one site, and its peer there. */
export interface PoolMember {
  readonly kind: 'pool'
  readonly key: string
  readonly family: string
  readonly generation: 0
  readonly pool: string
  readonly site: SiteName
  readonly other: SiteName
  /** What mirroring calls the two: one name a cluster, so one that it has already stays (ceph-facts 18). */
  readonly siteName: string
  readonly otherName: string
  readonly mode: 'image' | 'pool'
  /** What is added here; null where this site gets no peer, or gets it by what is done at the other. */
  readonly peer: PeerWay | null
  /** Of a take-down: the peers that go, by their uuid. Others stay. */
  readonly peerUuids: readonly string[]
}

/** From one site's own network: what its rbd-mirror must reach of the other. Addresses are `host:port`. */
export interface WayToSee {
  readonly seenFrom: SiteName
  readonly site: SiteName
  readonly monitors: readonly string[]
  readonly osds: readonly string[]
}

/** One line of what a set-up or a take-down changes. */
export interface ChangeRow {
  readonly key: string
  readonly name: string
  readonly before: string
  readonly after: string
  /** What it costs, or deletes; '' where nothing. */
  readonly cost: string
  readonly sizeBytes: number | null
  /** `deletes`: data at the other site is gone after it. `done`: it is so already. */
  readonly effect: 'done' | 'changes' | 'deletes'
}

/** What is undone. `all`: schedules, images, peers, and the pools themselves. */
export const TAKE_DOWN_PARTS = ['schedules', 'images', 'peers', 'all'] as const
export type TakeDownPart = (typeof TAKE_DOWN_PARTS)[number]
