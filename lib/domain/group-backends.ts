/** What of one backend failover_host would take, and how much of that is in a group. */
export interface BackendShare {
  /** Without a pool: `cinder@ceph`. */
  readonly host: string
  /** Volumes that failover_host takes, all of them and those in the group. */
  readonly taken: number
  readonly inGroup: number
  /** Some of those that are not in the group, by name. */
  readonly rest: readonly { readonly id: string; readonly name: string }[]
}

export type BackendStand =
  /** The group is exactly what failover_host would take of this backend. */
  | { readonly kind: 'whole'; readonly host: string }
  | { readonly kind: 'part'; readonly share: BackendShare }
  | { readonly kind: 'several'; readonly shares: readonly BackendShare[] }
  /** No volume of it is on a backend that would take it along. */
  | { readonly kind: 'none' }

/** Can the group move as a whole? failover_host takes all of a backend: nothing less, and never two at once. */
export function standOnBackends(shares: readonly BackendShare[]): BackendStand {
  const mine = shares.filter(({ inGroup }) => inGroup > 0)
  const [share, ...more] = mine
  if (share === undefined) return { kind: 'none' }
  if (more.length > 0) return { kind: 'several', shares: mine }
  return share.taken > share.inGroup ? { kind: 'part', share } : { kind: 'whole', host: share.host }
}

const many = (count: number): string => (count === 1 ? '1 volume' : `${count.toLocaleString('en-US')} volumes`)

/** What keeps the rest apart from it, in one sentence. */
export function standText(stand: BackendStand): string {
  switch (stand.kind) {
    case 'whole':
      return `It is all that failover_host would take of ${stand.host}`
    case 'none':
      return 'None of its volumes is on a Cinder backend that replicates them'
    case 'several':
      return `It is on ${stand.shares.length} backends: ${stand.shares.map(shareText).join(', ')}. failover_host moves one backend`
    case 'part': {
      const { host, taken, inGroup, rest } = stand.share
      const left = taken - inGroup
      const named = rest.slice(0, 3).map(({ id, name }) => name || id)
      const others = left > named.length ? ` and ${left - named.length} more` : ''
      return `${host} also holds ${many(left)} that ${left === 1 ? 'is' : 'are'} not in the group (${named.join(', ')}${others}), and failover_host would take ${left === 1 ? 'it' : 'them'} along`
    }
  }
}

export const shareText = ({ host, inGroup, taken }: BackendShare): string => `${host} (${inGroup} of ${taken})`
