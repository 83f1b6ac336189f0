import type { SiteName } from '@/lib/domain/words'
import { bits, indexOfUuid, textBits, uuidAt } from './random'

const ID_SALT = 51

/** An image's id in its pool. Its number can be read back from it; a copy that is made again gets another id. */
export const hexId = (seed: number, index: number, site: SiteName, salt: number): string =>
  `${uuidAt(seed, ID_SALT, index).slice(0, 8)}${(bits(seed, textBits(site), salt % 4294967291) & 0xffff).toString(16).padStart(4, '0')}`

/** The number of the image that may have this id. */
export const indexOfId = (seed: number, id: string): number => indexOfUuid(seed, ID_SALT, id)

/** Every pool of every cluster has a mirror uuid of its own. */
export const mirrorUuid = (seed: number, site: SiteName, pool: string): string =>
  uuidAt(seed, textBits(`mirror ${site}`), textBits(pool) & 0xffff)

/** What a site calls its peer in a pool. */
export const peerUuid = (seed: number, site: SiteName, pool: string): string =>
  uuidAt(seed, textBits(`peer ${site}`), textBits(pool) & 0xffff)

export const fsid = (seed: number, site: SiteName): string => uuidAt(seed, textBits(`fsid ${site}`), 1)

export interface Daemon {
  readonly entity: string
  readonly globalId: number
  readonly instanceId: number
  readonly address: string
}

/** A site's rbd-mirror as its own cluster sees it. A daemon that was started again is another client. */
export function localDaemon(seed: number, site: SiteName, starts: number): Daemon {
  const globalId = 4100 + (bits(seed, textBits(site), 1) % 300) + starts * 1000
  const nonce = bits(seed, textBits(site), 100 + starts)
  return { entity: `client.rbd-mirror.${site}`, globalId, instanceId: globalId + 2, address: `10.0.0.9:0/${nonce}` }
}

/** The rbd-mirror of `peer` as the cluster of `site` sees it, reading there. */
export function peerDaemon(seed: number, site: SiteName, peer: SiteName, starts: number): Daemon {
  const globalId = 4500 + (bits(seed, textBits(`${peer}>${site}`), 1) % 300) + starts * 1000
  const nonce = bits(seed, textBits(`${peer}>${site}`), 100 + starts)
  return { entity: 'client.rbd-mirror-peer', globalId, instanceId: globalId + 2, address: `10.1.0.9:0/${nonce}` }
}
