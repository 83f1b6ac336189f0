import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { copyWorkMs } from './evolve'
import { primarySnap } from './follow-snapshot'
import { hexId } from './identity'
import type { Copy, ImageState, MirrorSnap, OpenClient, Turn } from './image-state'
import { bits, fraction, uuidAt } from './random'
import type { Traits } from './spec'

/** Images were made within the first part of the world's past. */
const MADE_WITHIN = 0.02

/** When an image of the world's beginning was made. */
export const madeAt = ({ seed, state, spec }: Conditions, index: number): number =>
  state.zero + Math.floor(spec.pastMs * MADE_WITHIN * fraction(seed, index, 32))

/** A client that has the image open at its home since the beginning. */
export function clientOf(seed: number, traits: Traits): OpenClient | null {
  if (traits.client === null) return null
  const host = bits(seed, traits.index, 21) % 24
  return {
    entity: traits.client,
    globalId: 24_000 + traits.index,
    address: `10.${(bits(seed, traits.home.length, 3) % 200) + 2}.4.${11 + host}:0/${bits(seed, traits.index, 22)}`,
    cookie: 94_000_000_000_000 + (bits(seed, traits.index, 23) >>> 2),
  }
}

/** The image as it was when the world began. Nothing is stored for it until it is changed. */
export function genesis(conditions: Conditions, traits: Traits): ImageState {
  const { seed, spec } = conditions
  const jitter = fraction(seed, traits.index, 31)
  const from = madeAt(conditions, traits.index)
  const turn: Turn = { id: `g${traits.index}`, site: traits.home, end: 'open', from, until: null, forced: false }
  const mirrored = traits.copy !== null
  const shell: ImageState = {
    pool: traits.pool,
    name: traits.name,
    index: traits.index,
    sites: spec.pools.find((p) => p.name === traits.pool && (p.sites as readonly string[]).includes(traits.home))
      ?.sites ?? [traits.home],
    at: from,
    copies: {},
    published: {},
    trouble: traits.trouble === 'parent-not-mirrored' ? 'parent-not-mirrored' : null,
    absentSince: {},
    jitter,
    writesPerSec: traits.writesPerSec,
  }
  const client = clientOf(seed, traits)
  const first = primarySnap(conditions, from, 'primary', 0)
  const home: Copy = {
    id: hexId(seed, traits.index, traits.home, 0),
    sizeBytes: traits.sizeBytes,
    parent: traits.parent,
    userSnapshot: traits.userSnapshot,
    createdAt: from,
    mode: mirrored ? traits.mode : null,
    globalId: mirrored ? uuidAt(seed, 41, traits.index) : '',
    journaling: mirrored && traits.mode === 'journal',
    ...(traits.features === undefined ? {} : { features: traits.features }),
    history: mirrored ? [turn] : [],
    held: mirrored ? [{ turn: turn.id, writes: 0, lastAt: null }] : [],
    runs: mirrored ? [{ from, perSec: traits.writesPerSec, burst: 0 }] : [],
    snaps: mirrored && traits.mode === 'snapshot' ? [first] : [],
    tag: { id: 1 + (bits(seed, traits.index, 33) % 3), owner: '' },
    position: null,
    copying: null,
    resyncAt: null,
    abandonedAt: null,
    changedAt: from,
    clients: client === null ? [] : [client],
  }
  const copies: Record<SiteName, Copy> = { [traits.home]: home }
  if (traits.copy === null || traits.trouble === 'parent-not-mirrored') return { ...shell, copies }
  copies[traits.copy] = firstCopy(conditions, traits, traits.copy, home, turn, first)
  // Old enough that a trouble which began later lies in the past of the record too.
  return { ...shell, copies, at: traits.trouble === 'split-brain' ? from + 1_000_000 : from }
}

function firstCopy(
  conditions: Conditions,
  traits: Traits,
  site: SiteName,
  home: Copy,
  turn: Turn,
  first: MirrorSnap,
): Copy {
  const { seed, state } = conditions
  const local: MirrorSnap = {
    ...first,
    state: 'non_primary',
    linked: false,
    primarySnapId: first.id,
    takenAt: first.takenAt + 400,
  }
  const copy: Copy = {
    ...home,
    id: hexId(seed, traits.index, site, 0),
    runs: [],
    snaps: home.mode === 'snapshot' ? [local] : [],
    tag: { id: 1, owner: 'peer' },
    filled: true,
    position: { tag: home.tag.id, entry: 0 },
    clients: [],
  }
  if (traits.trouble === 'copying') {
    const workMs = copyWorkMs(conditions, traits.sizeBytes) * (20 + 160 * fraction(seed, traits.index, 34))
    return { ...copy, history: [], held: [], snaps: [], copying: { from: state.createdAt - workMs * 0.3, workMs } }
  }
  if (traits.trouble !== 'split-brain') return copy
  const mine: Turn = {
    id: `${turn.id}-split`,
    site,
    end: 'ended',
    from: turn.from + 600_000,
    until: turn.from + 900_000,
    forced: true,
  }
  const at = (state: MirrorSnap['state'], when: number): MirrorSnap => ({
    ...first,
    id: local.id + Math.floor((when - first.contentAt) / 1000),
    state,
    primarySnapId: null,
    contentAt: when,
    takenAt: when,
  })
  return {
    ...copy,
    history: [{ ...turn, end: 'cut' }, mine],
    held: [
      { turn: turn.id, writes: 0, lastAt: null },
      { turn: mine.id, writes: 40, lastAt: mine.until },
    ],
    snaps: home.mode === 'snapshot' ? [local, at('primary', mine.from), at('primary_demoted', mine.until ?? 0)] : [],
    tag: { id: 4, owner: '<orphan>', before: '' },
    changedAt: mine.until ?? 0,
  }
}
