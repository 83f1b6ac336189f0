import { containedIn } from './containment'
import type { Lineage } from './lineage'
import type { SiteStatus } from './mirror-status'
import type { Reading } from './reading'
import type { SiteName } from './words'

/** One side of an image in one look at both. */
export interface SplitSide {
  readonly site: SiteName
  readonly lineage: Reading<Lineage>
  /** What rbd-mirror of this site last published of it; null where the site lists no such image. */
  readonly status: SiteStatus | null
  /** The mirror uuid of the other site, as this one knows its peer. */
  readonly peerUuid: string | null
}

export interface SplitLook {
  /** When it was asked, epoch milliseconds by the console's clock. */
  readonly at: number
  readonly sides: readonly [SplitSide, SplitSide]
}

/**
 * real: both sides have history that the other lacks, or the copy has some. spurious: the primary holds all that the copy at
 * `loser` has. gone: by itself. unknown: it cannot be told, and why.
 */
export type Split =
  | { readonly kind: 'real'; readonly text: string }
  | { readonly kind: 'spurious'; readonly loser: SiteName; readonly text: string }
  | { readonly kind: 'two-primaries'; readonly text: string }
  | { readonly kind: 'gone'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string }

/** Between two looks lie at least one report of rbd-mirror, which comes every 30 s (ceph-facts 5). */
export const LOOK_AGAIN_MS = 60_000

const says = (kind: 'real' | 'two-primaries' | 'gone' | 'unknown', text: string): Split => ({ kind, text })

/**
 * What a split-brain is, by two looks: rbd-mirror says so also after a restart, or of a peer that was rebuilt, where nothing
 * was lost and nothing was written twice. Nothing is offered on one look alone.
 */
export function judgeSplit(first: SplitLook | null, second: SplitLook): Split {
  const [left, right] = second.sides
  for (const { site, lineage } of second.sides)
    if (lineage.kind === 'unknown') return says('unknown', `${site} cannot be read: ${lineage.reason}`)
  if (left.lineage.kind === 'unknown' || right.lineage.kind === 'unknown') return says('unknown', 'not read')
  if (left.lineage.value.globalId !== right.lineage.value.globalId)
    return says('unknown', 'the two images are not one: their global ids differ')
  const primaries = second.sides.filter((side) => isPrimary(side))
  if (primaries.length === 2)
    return says('two-primaries', `Both ${left.site} and ${right.site} are primary, and both may take writes`)
  const [primary] = primaries
  if (primary === undefined) return says('unknown', 'no site is primary: neither history goes on')
  const copy = primary === left ? right : left
  const complains = copy.status?.detail.kind === 'split-brain'
  if (!complains && copy.status?.detail.kind.startsWith('replaying') === true)
    return says('gone', `${copy.site} follows ${primary.site} again`)
  if (!complains)
    return says('unknown', `rbd-mirror at ${copy.site} says ${copy.status?.description ?? 'nothing of it'}`)
  const twice = seenTwice(first, second, copy.site)
  if (twice !== null) return says('unknown', twice)
  return compared(copy, primary)
}

const isPrimary = ({ lineage }: SplitSide): boolean => lineage.kind === 'known' && lineage.value.role === 'primary'

/** Why this was not seen twice yet; null where it was. */
function seenTwice(first: SplitLook | null, second: SplitLook, site: SiteName): string | null {
  const before = first?.sides.find((side) => side.site === site)?.status ?? null
  if (first === null || before?.detail.kind !== 'split-brain') return 'it was looked at once only'
  const now = second.sides.find((side) => side.site === site)?.status
  // By rbd-mirror's own stamps: the clocks of the sites need not agree with this console's.
  const reported = before.lastUpdateAt !== null && (now?.lastUpdateAt ?? 0) > before.lastUpdateAt
  if (reported || second.at - first.at >= LOOK_AGAIN_MS) return null
  return `rbd-mirror at ${site} has not reported again since the first look`
}

function compared(copy: SplitSide, primary: SplitSide): Split {
  if (copy.lineage.kind === 'unknown' || primary.lineage.kind === 'unknown') return says('unknown', 'not read')
  const held = containedIn(copy.lineage.value, primary.lineage.value, copy.peerUuid, primary.peerUuid)
  if (held.kind === 'unknown') return says('unknown', `what only ${copy.site} may have is not known: ${held.reason}`)
  if (held.kind === 'own') return says('real', `${copy.site} has what ${primary.site} lacks: ${held.evidence}`)
  const text = `${primary.site} holds all that ${copy.site} has: ${held.evidence}. Nothing was written twice`
  return { kind: 'spurious', loser: copy.site, text }
}
