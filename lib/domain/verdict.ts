import { copyVerdict } from './copy-verdict'
import type { Side } from './side'
import type { Verdict } from './verdict-words'
import type { SiteName } from './words'

/** What both sides together say of an image, as last read. How old that is, is a matter of `verdict-now`. */
export interface Judgement {
  readonly verdict: Verdict
  /** A plain sentence. Changes only where the state does. */
  readonly text: string
  /** The site that takes the writes, null where none or more than one may. */
  readonly primarySite: SiteName | null
  readonly syncPercent: number | null
}

/** Rank for "worst first": higher is worse. */
export const SEVERITY: Readonly<Record<Verdict, number>> = {
  'two-primaries': 90,
  'split-brain': 80,
  hollow: 75,
  unprotected: 72,
  'no-copy': 70,
  error: 60,
  'both-secondary': 50,
  stopped: 40,
  unknown: 30,
  copying: 20,
  following: 0,
}

/** What was said of it last, in the words of the store. */
interface Before {
  readonly verdict: string
  readonly primarySite: SiteName | null
}

/**
 * A site of which nothing was read for so long while the other one became a primary was left behind by it, as a failover by
 * force does. In a planned switch its demotion is read within a round or two.
 */
const LEFT_BEHIND_MS = 60_000

/**
 * The verdict from the copies themselves. Ceph's own health is not used: it calls two primaries OK, and a dead
 * peer, and a stopped rbd-mirror (ceph-facts 4). `before`: what the store said before a restart.
 */
export function judge(left: Side, right: Side, before: Before | null = null): Judgement {
  const sides = [left, right] as const
  const unread = sides.find((side) => side.role === 'unknown')
  if (unread !== undefined) return oneSided(unread, unread === left ? right : left)
  if (left.role === 'primary' && right.role === 'primary') return twoPrimaries(left, right, before)
  const broken = sides.find(isSplitBrain)
  if (broken !== undefined) return splitBrain(broken, sides.find((side) => side.role === 'primary') ?? null)
  const primary = sides.find((side) => side.role === 'primary')
  if (primary === undefined) return noPrimary(left, right)
  return copyVerdict(primary, primary === left ? right : left)
}

const plain = (verdict: Verdict, text: string, primarySite: SiteName | null = null): Judgement => ({
  verdict,
  text,
  primarySite,
  syncPercent: null,
})

const isSplitBrain = (side: Side): boolean =>
  side.detail === null ? /split-brain/.test(side.description) : side.detail.kind === 'split-brain'

function splitBrain(broken: Side, primary: Side | null): Judgement {
  const text = `Split-brain: rbd-mirror at ${broken.site} found that the two copies have gone separate ways`
  return plain('split-brain', text, primary?.site ?? null)
}

function oneSided(unread: Side, other: Side): Judgement {
  if (other.role === 'primary') {
    return plain('unknown', `Primary at ${other.site}; ${unread.site} has not been read yet`, other.site)
  }
  const text = `${unread.site} has not been read yet; at ${other.site} it is ${other.role}`
  // A copy is a copy of something, and a pool has one peer. A console that is started after the disaster has no more.
  if (other.role === 'non-primary') {
    return plain('unknown', `${text}, so ${unread.site} is taken for its primary`, unread.site)
  }
  return plain('unknown', text)
}

/**
 * Two sides are read one after the other, and during a planned switch the older reading still says primary. Both are
 * primary only where each was read as primary after the other had been seen as primary.
 */
function twoPrimaries(left: Side, right: Side, before: Before | null): Judgement {
  const unread = [left, right].find(({ readAt }) => readAt === 0)
  // After a restart roles are those of the store, and the site that was left behind may be silent still.
  if (before?.verdict === 'unprotected' && unread !== undefined)
    return before.primarySite === right.site ? unprotected(right, left) : unprotected(left, right)
  const leftConfirms = left.readAt >= right.roleSeenAt
  const rightConfirms = right.readAt >= left.roleSeenAt
  if (leftConfirms && rightConfirms) {
    const text = `Primary at ${left.site} and at ${right.site}: both may take writes. Ceph reports this as OK`
    return plain('two-primaries', text)
  }
  const [newer, older] = left.roleSeenAt > right.roleSeenAt ? [left, right] : [right, left]
  if (newer.readAt - older.readAt > LEFT_BEHIND_MS) return unprotected(newer, older)
  const text = `Primary at ${newer.site} now; ${older.site} was primary too when it was last read, which was before`
  return plain('unknown', text, newer.site)
}

/** A site that was primary when it was last heard follows nobody, whether it lives or not: what is written has one copy. */
const unprotected = (primary: Side, lost: Side): Judgement =>
  plain(
    'unprotected',
    `Primary at ${primary.site} alone: no copy follows it. ${lost.site} was primary too when it was last read, which was before`,
    primary.site,
  )

function noPrimary(left: Side, right: Side): Judgement {
  if (left.role === 'non-primary' && right.role === 'non-primary') {
    const arrived = [left, right].find((side) => side.detail?.kind === 'remote-demoted')
    const seen = arrived === undefined ? '' : `; rbd-mirror at ${arrived.site} has seen the demotion`
    return plain('both-secondary', `Primary nowhere: demoted at ${left.site} and at ${right.site}${seen}`)
  }
  const [there, gone] = left.role === 'absent' ? [right, left] : [left, right]
  return plain('no-copy', `Only at ${there.site}, as non-primary; ${gone.site} does not have it`)
}
