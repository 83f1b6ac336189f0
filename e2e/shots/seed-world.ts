import type { IfLost, LostReason, Stream } from '@/lib/domain/summary'
import type { Verdict } from '@/lib/domain/verdict-words'
import { imageId, otherSite, pairOf, sitesOf } from '@/lib/domain/words'
import type { ImagesTable } from '@/lib/store/inventory-tables'

export const SITES = ['eu-west', 'eu-north', 'eu-south'] as const
export const RPO_SEC = 120

/** One pool in one direction: what is made for it. */
export interface SeedPool {
  readonly from: string
  readonly to: string
  readonly pool: string
  readonly images: number
  readonly mode: 'snapshot' | 'journal'
  readonly objectiveSec: number
  /** Typical exposure, seconds. */
  readonly lagSec: number
}

export const SMALL: readonly SeedPool[] = [
  { from: 'eu-west', to: 'eu-north', pool: 'volumes', images: 980, mode: 'snapshot', objectiveSec: 120, lagSec: 70 },
  { from: 'eu-west', to: 'eu-north', pool: 'images', images: 24, mode: 'snapshot', objectiveSec: 120, lagSec: 45 },
  { from: 'eu-west', to: 'eu-north', pool: 'vms', images: 200, mode: 'journal', objectiveSec: 30, lagSec: 3 },
  { from: 'eu-north', to: 'eu-west', pool: 'volumes', images: 208, mode: 'journal', objectiveSec: 120, lagSec: 5 },
  { from: 'eu-south', to: 'eu-west', pool: 'archive', images: 64, mode: 'snapshot', objectiveSec: 900, lagSec: 200 },
]

export const LARGE: readonly SeedPool[] = Array.from({ length: 10 }, (_, n) => ({
  from: 'eu-west',
  to: 'eu-north',
  pool: `volumes-${n}`,
  images: 10_000,
  mode: n % 2 === 0 ? 'snapshot' : 'journal',
  objectiveSec: 120,
  lagSec: 40,
}))

/** Repeatable, so that two shots of one world are the same. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const hex = (roll: () => number, length: number) =>
  Array.from({ length }, () => Math.floor(roll() * 16).toString(16)).join('')
const uuid = (roll: () => number) => [8, 4, 4, 4, 12].map((length) => hex(roll, length)).join('-')

const TEXTS: Record<Verdict, string> = {
  following: 'the copy follows the primary',
  copying: 'the first copy is still being made: nothing can be promoted without loss yet',
  stopped: 'replication has stopped: the copy ages',
  'both-secondary': 'no site is primary: nobody can write, and nothing is replicated',
  'no-copy': 'the other site has no copy',
  unprotected: 'promoted by force; no copy follows it',
  error: 'rbd-mirror reports an error at the copy',
  hollow: 'it was flattened in snapshot mode: the copy reads zeros where the data of its parent was',
  'split-brain': 'both copies were written to since they last agreed: rbd-mirror has stopped',
  'two-primaries': 'both sites are primary: each takes writes that the other never gets',
  unknown: 'the site of the primary has not answered: what it says is old',
}

const SEVERITY: Record<Verdict, number> = {
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

export function verdictFor(pool: SeedPool, n: number): Verdict {
  if (pool.from === 'eu-west' && pool.pool.startsWith('volumes')) {
    if (n < 4) return n === 0 ? 'two-primaries' : 'split-brain'
    if (n < 7) return 'copying'
    if (n === 7) return 'error'
    if (n === 8) return 'stopped'
  }
  return 'following'
}

function remoteState(verdict: Verdict): { state: string; description: string } {
  if (verdict === 'following') return { state: 'replaying', description: 'replaying, {"bytes_per_second":1843200.0}' }
  if (verdict === 'copying') return { state: 'syncing', description: 'bootstrapping, IMAGE_SYNC/COPY_IMAGE 61%' }
  if (verdict === 'split-brain') return { state: 'error', description: 'split-brain' }
  if (verdict === 'two-primaries') return { state: 'stopped', description: 'local image is primary' }
  if (verdict === 'error') return { state: 'error', description: 'bootstrap failed: (28) No space left on device' }
  return { state: 'stopped', description: 'stopped' }
}

/** The rows of one pool. `late`: how many of them are behind. */
export function imageRows(pool: SeedPool, late: number, now: number, roll: () => number): ImagesTable[] {
  const pair = pairOf(pool.from, pool.to)
  const leftIsPrimary = sitesOf(pair)[0] === pool.from
  return Array.from({ length: pool.images }, (_, n): ImagesTable => {
    const verdict = verdictFor(pool, n)
    const globalId = uuid(roll)
    const far = remoteState(verdict)
    const held = ['copying', 'no-copy', 'split-brain', 'two-primaries'].includes(verdict)
      ? null
      : heldAt(pool, n, late, now, verdict, roll)
    const caughtUp = pool.mode === 'journal' && verdict === 'following' && n >= late && n % 10 !== 0 ? 1 : 0
    const near = {
      role: 'primary',
      state: 'stopped',
      up: 1,
      description: 'local image is primary',
      image: hex(roll, 12),
    }
    const copy = { role: verdict === 'two-primaries' ? 'primary' : 'non-primary', up: 1, image: hex(roll, 12), ...far }
    const [left, right] = leftIsPrimary ? [near, copy] : [copy, near]
    const parented = pool.pool.startsWith('volumes') && n % 9 === 0
    return {
      id: imageId({ pair, pool: pool.pool, namespace: '', globalId }),
      pair,
      pool: pool.pool,
      namespace: '',
      global_id: globalId,
      name: pool.pool === 'vms' ? `${uuid(roll)}_disk` : `${pool.pool === 'images' ? '' : 'volume-'}${uuid(roll)}`,
      mode: pool.mode,
      left_role: left.role,
      right_role: right.role,
      left_state: left.state,
      right_state: right.state,
      left_up: left.up,
      right_up: right.up,
      left_description: left.description,
      right_description: right.description,
      left_image_id: left.image,
      right_image_id: right.image,
      primary_site: verdict === 'two-primaries' ? null : pool.from,
      verdict,
      verdict_text: TEXTS[verdict],
      severity: SEVERITY[verdict],
      caught_up: caughtUp,
      sampled: pool.mode === 'journal' ? 1 : 0,
      held_until_at: held,
      held_grade: held === null ? 'unknown' : pool.mode === 'journal' ? 'measured' : 'bounded',
      held_text:
        held === null
          ? 'nothing complete is held at the copy'
          : pool.mode === 'journal'
            ? 'the copy has committed the position that the primary had then'
            : 'the newest snapshot that is complete at the copy was taken then',
      objective_sec: pool.objectiveSec,
      breach_at: caughtUp === 1 || held === null ? null : held + pool.objectiveSec * 1000,
      sync_percent: verdict === 'copying' ? 31 + 10 * (n - 4) : null,
      size_bytes: 2 ** (30 + (n % 9)),
      parent_pool: parented ? 'images' : null,
      parent_namespace: parented ? '' : null,
      parent_name: parented ? `${hex(roll, 8)}-ubuntu-24.04` : null,
      parent_mirrored: parented ? (n === 18 || n === 27 ? 0 : 1) : null,
      schedule: pool.mode === 'snapshot' ? '1m' : '',
      copy_since: null,
      cloned_copy: null,
      hollow: null,
      changed_at: now - Math.floor(roll() * 600_000),
    }
  })
}

function heldAt(pool: SeedPool, n: number, late: number, now: number, verdict: Verdict, roll: () => number): number {
  if (verdict === 'stopped' || verdict === 'error') return now - 840_000
  if (n < late) return now - Math.round((pool.objectiveSec + 5 + roll() * 60) * 1000)
  return now - Math.round(pool.lagSec * (0.3 + roll() * 0.7) * 1000)
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null

/** The stream of one pool (or, with `pool: null`, of a direction) from its rows. */
export function streamOf(rows: readonly ImagesTable[], pool: SeedPool, name: string | null, now: number): Stream {
  const byVerdict: Partial<Record<Verdict, number>> = {}
  const verdictOf = (row: ImagesTable) => (pool.from === 'eu-south' ? 'unknown' : (row.verdict as Verdict))
  for (const row of rows) byVerdict[verdictOf(row)] = (byVerdict[verdictOf(row)] ?? 0) + 1
  const held = rows.flatMap((row) => (row.verdict === 'following' ? [row.held_until_at ?? now - 2000] : []))
  return {
    pair: pairOf(pool.from, pool.to),
    from: pool.from,
    to: pool.to,
    pool: name,
    images: rows.length,
    byVerdict,
    behindObjective: rows.filter((row) => row.breach_at !== null && row.breach_at <= now && row.verdict === 'following')
      .length,
    worstHeldUntilAt: held.length === 0 ? null : Math.min(...held.slice(0, 20_000)),
    medianHeldUntilAt: median(held),
    worstGrade: 'bounded',
    objectiveSec: pool.objectiveSec,
    readAt: now,
  }
}

const REASONS: Partial<Record<Verdict, LostReason>> = {
  'split-brain': 'split-brain',
  'two-primaries': 'split-brain',
  copying: 'copying',
  error: 'error',
  'no-copy': 'no-copy',
  unprotected: 'unprotected',
}

export function ifLostOf(site: string, rows: readonly ImagesTable[], known: 'known' | 'silent', now: number): IfLost {
  const lost = new Map<LostReason, number>()
  const held: number[] = []
  for (const row of rows) {
    const reason = row.parent_mirrored === 0 ? 'parent-not-mirrored' : REASONS[row.verdict as Verdict]
    if (reason === undefined) held.push(row.held_until_at ?? now - 2000)
    else lost.set(reason, (lost.get(reason) ?? 0) + 1)
  }
  held.sort((a, b) => a - b)
  const to = rows[0] === undefined ? null : otherSite(rows[0].pair, site)
  return {
    site,
    known: known === 'known',
    primaries: rows.length,
    recover: held.length,
    targets: to === null ? [] : [{ site: to, images: held.length }],
    worstHeldUntilAt: held[0] ?? null,
    medianHeldUntilAt: held[Math.floor(held.length / 2)] ?? null,
    worstGrade: 'bounded',
    behindObjective: rows.filter((row) => row.breach_at !== null && row.breach_at <= now).length,
    lost: [...lost].map(([reason, images]) => ({ reason, images })),
    readAt: now,
  }
}
