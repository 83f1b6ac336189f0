import type { LostReason } from './summary'
import type { Verdict } from './verdict-words'
import type { SiteName } from './words'

/** What the parent of a clone is to it: none, one that nobody has looked for yet, one without a mirror, or a mirrored image. */
export type Parent<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'not-read' }
  | { readonly kind: 'not-mirrored' }
  | { readonly kind: 'mirrored'; readonly image: T }

export interface FateImage {
  readonly verdict: Verdict
  readonly primarySite: SiteName | null
  /** The point its copy holds, null where none is known. */
  readonly heldUntilAt: number | null
}

export type Fate = { readonly kind: 'recovers' } | { readonly kind: 'lost'; readonly reason: LostReason }

const RECOVERS: Fate = { kind: 'recovers' }
const lost = (reason: LostReason): Fate => ({ kind: 'lost', reason })

const HISTORY_LOST: Readonly<Partial<Record<Verdict, LostReason>>> = {
  'two-primaries': 'split-brain',
  'split-brain': 'split-brain',
  copying: 'copying',
  hollow: 'hollow',
  unprotected: 'unprotected',
}

/** A missing parent is why these came about, where it is missing. */
const COPY_LOST: Readonly<Partial<Record<Verdict, LostReason>>> = { 'no-copy': 'no-copy', error: 'error' }

/** Clones of clones are rarely deep; a ring would be a lie of the data, and must not hang us. */
const DEEPEST = 16

/**
 * Would the image come back at the other site if the site of its primary were lost now? A clone needs its parent
 * there as well, and the parent its own. What is not known is never counted as coming back.
 */
export function fate<T extends FateImage>(image: T, parentOf: (image: T) => Parent<T>, depth = 0): Fate {
  const parent = parentOf(image)
  const reason =
    HISTORY_LOST[image.verdict] ??
    (parent.kind === 'not-mirrored' ? 'parent-not-mirrored' : undefined) ??
    COPY_LOST[image.verdict]
  if (reason !== undefined) return lost(reason)
  if (image.heldUntilAt === null || parent.kind === 'not-read') return lost('stale-evidence')
  if (parent.kind !== 'mirrored') return RECOVERS
  return parentSurvives(image, parent.image, parentOf, depth) ? RECOVERS : lost('parent-not-mirrored')
}

function parentSurvives<T extends FateImage>(
  image: T,
  parent: T,
  parentOf: (image: T) => Parent<T>,
  depth: number,
): boolean {
  if (depth >= DEEPEST || parent.primarySite === null) return false
  // A parent that is primary at the other site is there already.
  if (parent.primarySite !== image.primarySite) return true
  return fate(parent, parentOf, depth + 1).kind === 'recovers'
}
