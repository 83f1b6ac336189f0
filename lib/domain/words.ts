/** What can fail as a whole: one Ceph cluster, with or without an OpenStack region. A name from antipode.yaml. */
export type SiteName = string

/** Two sites between which images are mirrored, in sorted order, joined by `~`. Never an fsid: both sites may have the same. */
export type PairName = string

export const pairOf = (a: SiteName, b: SiteName): PairName => (a < b ? `${a}~${b}` : `${b}~${a}`)

/** The two sites of a pair, in sorted order. */
export function sitesOf(pair: PairName): readonly [SiteName, SiteName] {
  const [left, right] = pair.split('~')
  if (left === undefined || right === undefined) throw new Error(`${pair} names no pair of sites`)
  return [left, right]
}

/** The other site of the pair. */
export function otherSite(pair: PairName, site: SiteName): SiteName {
  const [left, right] = sitesOf(pair)
  return site === left ? right : left
}

export type MirrorMode = 'journal' | 'snapshot'

/** Ceph's two roles of a mirrored image. */
export type Role = 'primary' | 'non-primary'

/** Where an image is, at one site. `namespace` is '' for the default namespace. */
export interface ImageSpec {
  readonly pool: string
  readonly namespace: string
  readonly name: string
}

/** An image across both sites of a pair: site pair + pool + namespace + global id. */
export interface ImageKey {
  readonly pair: PairName
  readonly pool: string
  readonly namespace: string
  readonly globalId: string
}

/** One string for an image key: `pair/pool/namespace/globalId`. Stable; used as row id and in URLs. */
export const imageId = (key: ImageKey): string => `${key.pair}/${key.pool}/${key.namespace}/${key.globalId}`

/** `pool/name` or `pool/namespace/name`, as `rbd` writes it. */
export const specText = (spec: ImageSpec): string =>
  spec.namespace === '' ? `${spec.pool}/${spec.name}` : `${spec.pool}/${spec.namespace}/${spec.name}`

/** Ceph's replay states of an image, verbatim (mirror_image_status_state_t). */
export const REPLAY_STATES = [
  'unknown',
  'error',
  'syncing',
  'starting_replay',
  'replaying',
  'stopping_replay',
  'stopped',
] as const
export type ReplayState = (typeof REPLAY_STATES)[number]
