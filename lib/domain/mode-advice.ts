import type { MirrorMode } from './words'

/** What the advice rests on. What nobody knows is null, never 0. */
export interface AdviceInput {
  /** What clients write to the images in the long run, bytes a second. */
  readonly writeBytesPerSec: number | null
  /** What the link between the sites carries, bytes a second. */
  readonly linkBytesPerSec: number | null
  readonly objectiveSec: number
}

export interface ModeAdvice {
  /** `neither`: no mode keeps the objective over this link. */
  readonly mode: MirrorMode | 'neither'
  /** Longest schedule that keeps the objective, as Ceph writes it; null where snapshots are not the advice. */
  readonly interval: string | null
  /** Why, in sentences, the deciding one first. */
  readonly reasons: readonly string[]
  /** What was not known, and what would change with it. */
  readonly unknowns: readonly string[]
}

/** Ceph takes no schedule below a minute. Source: docs, rbd-mirroring, "Create Image Mirror-Snapshots". */
const SHORTEST_SEC = 60
/** Longest first. */
const INTERVALS: readonly (readonly [string, number])[] = [
  ['1d', 86_400],
  ['12h', 43_200],
  ['6h', 21_600],
  ['3h', 10_800],
  ['1h', 3600],
  ['30m', 1800],
  ['15m', 900],
  ['10m', 600],
  ['5m', 300],
  ['3m', 180],
  ['2m', 120],
  ['1m', SHORTEST_SEC],
]
/** A link that is full all the time never catches up after a gap: a fifth of it is left for that. */
const LINK_SHARE = 0.8

const rate = (bytesPerSec: number): string => {
  const mib = bytesPerSec / 2 ** 20
  return `${mib < 10 ? mib.toFixed(1) : Math.round(mib)} MiB/s`
}

const text = (sec: number): string =>
  sec % 3600 === 0 ? `${sec / 3600} h` : sec % 60 === 0 ? `${sec / 60} min` : `${sec} s`

/**
 * Journal or snapshot mode, and why. A journal keeps seconds and costs every write twice and in full over the link; a
 * snapshot keeps twice its interval (ceph-facts 12) and sends what changed, once. Total: an input that is not known leaves
 * its part of the advice open, and is named.
 */
export function modeAdvice({ writeBytesPerSec, linkBytesPerSec, objectiveSec }: AdviceInput): ModeAdvice {
  const share = writeBytesPerSec === null || linkBytesPerSec === null ? null : writeBytesPerSec / linkBytesPerSec
  const unknowns = [
    ...(writeBytesPerSec === null
      ? ['What is written to the images is not known: what each mode costs is not counted.']
      : []),
    ...(linkBytesPerSec === null
      ? ['What the link carries is not known: whether the copies can keep up is not said.']
      : []),
  ]
  const tight = objectiveSec < 2 * SHORTEST_SEC
  if (tight) return journalAdvice(objectiveSec, writeBytesPerSec, linkBytesPerSec, share, unknowns)
  return snapshotAdvice(objectiveSec, writeBytesPerSec, linkBytesPerSec, share, unknowns)
}

function journalAdvice(
  objectiveSec: number,
  write: number | null,
  link: number | null,
  share: number | null,
  unknowns: readonly string[],
): ModeAdvice {
  const why = `An objective of ${text(objectiveSec)} is below twice the shortest schedule (${text(SHORTEST_SEC)}): snapshots break it by design.`
  if (share !== null && share > LINK_SHARE && write !== null && link !== null) {
    return {
      mode: 'neither',
      interval: null,
      reasons: [
        why,
        `A journal sends every write in full: ${rate(write)} over a link of ${rate(link)} falls behind for ever, and the journal fills the pool.`,
        'Take a longer objective, a faster link, or mirror fewer images.',
      ],
      unknowns,
    }
  }
  return {
    mode: 'journal',
    interval: null,
    reasons: [why, 'A journal carries each write as it comes: copies are seconds behind.', journalCost(write)],
    unknowns,
  }
}

const journalCost = (write: number | null): string =>
  write === null
    ? 'It costs: every write goes to the journal first and to the image after it, so writes take longer and the pool is written to twice.'
    : `It costs: every write goes to the journal first and to the image after it, so writes take longer, and the pool takes ${rate(2 * write)} for ${rate(write)} of the clients.`

function snapshotAdvice(
  objectiveSec: number,
  write: number | null,
  link: number | null,
  share: number | null,
  unknowns: readonly string[],
): ModeAdvice {
  // One interval until the snapshot and the copying of what changed in it, which takes at most interval × share.
  const needs = (intervalSec: number) => intervalSec * (1 + Math.max(1, share ?? 1))
  const fits = INTERVALS.find(([, sec]) => needs(sec) <= objectiveSec)
  const why = `An objective of ${text(objectiveSec)} leaves room for snapshots: only what changed is sent, once, and writes take no longer.`
  if (fits === undefined && share !== null && write !== null && link !== null) {
    return {
      mode: 'neither',
      interval: null,
      reasons: [
        `${rate(write)} of writes over a link of ${rate(link)}: what one minute writes takes ${Math.ceil(share)} minutes to copy, if nothing is written twice.`,
        'Objects that are written over and over are sent once a snapshot, so it may need less: try it with a few images, or take a longer objective.',
      ],
      unknowns,
    }
  }
  const [interval = '1m'] = fits ?? []
  return {
    mode: 'snapshot',
    interval,
    reasons: [
      why,
      `A snapshot every ${interval} keeps it: up to one interval passes until the snapshot, and at most as long again until it is copied.`,
      'It costs: the copy is a snapshot behind, and each snapshot is worked out from the object map (fast-diff), so images want that feature.',
    ],
    unknowns,
  }
}
