import { type Fate, fate, type Parent } from '@/lib/domain/fate'
import type { StoredHeld } from '@/lib/domain/held'
import type { HollowImage } from '@/lib/domain/hollow-item'
import { intervalSec, tooTight } from '@/lib/domain/objective'
import { addCounts } from '@/lib/domain/streams'
import { linkExplains } from '@/lib/domain/suspension'
import { type Tally, tallyBuilder } from '@/lib/domain/tally'
import type { Grade, Verdict } from '@/lib/domain/verdict-words'
import { sitesOf } from '@/lib/domain/words'
import { breath } from '@/lib/ports/slices'
import { evaluate } from './evaluate'
import { type ImageState, otherSide, sideAt } from './image-state'
import type { PairPool, World } from './world'

const SLICE = 2_000

/** What one pool of a pair adds up to, as last read. */
export interface PoolTally {
  /** One a direction. */
  readonly tallies: readonly Tally[]
  readonly schedules: readonly { readonly from: string; without: number; tight: number; tightestSec: number | null }[]
  /** All images, and those that are primary at one site alone or not at all. */
  readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>
  readonly undirected: Readonly<Partial<Record<Verdict, number>>>
  readonly hollow: readonly HollowImage[]
  /** Clones in snapshot mode with a copy: writes tear it (ceph-facts 37). */
  readonly tearing: number
  /** Pools that parents of its clones are in. */
  readonly parentPools: ReadonlySet<string>
}

/** What a screen would make of the row: the same columns, the same rules. */
const heldOfRow = (image: ImageState): StoredHeld => ({
  caughtUp: image.row?.caught_up === 1,
  sampled: image.row?.sampled === 1,
  untilAt: image.row?.caught_up === 1 ? (image.held?.untilAt ?? null) : (image.row?.held_until_at ?? null),
  grade: (image.row?.held_grade ?? 'unknown') as Grade,
})

interface FateView {
  readonly image: ImageState
  readonly verdict: Verdict
  readonly primarySite: string | null
  readonly heldUntilAt: number | null
}

const fateView = (image: ImageState): FateView => ({
  image,
  verdict: (image.row?.verdict ?? 'unknown') as Verdict,
  primarySite: image.row?.primary_site ?? null,
  heldUntilAt: image.held?.untilAt ?? null,
})

/** Counts one pool, in slices. Also settles whether parents are mirrored, which only shows when all pools are known. */
export async function tallyPool(world: World, pool: PairPool, nowMs: number): Promise<PoolTally> {
  const [left, right] = sitesOf(pool.pair)
  const builders = new Map([left, right].map((from) => [from, builderFor(pool, from, from === left ? right : left)]))
  const schedules = [left, right].map((from) => ({ from, without: 0, tight: 0, tightestSec: null as number | null }))
  const byVerdict: Partial<Record<Verdict, number>> = {}
  const undirected: Partial<Record<Verdict, number>> = {}
  const parentPools = new Set<string>()
  const hollow: HollowImage[] = []
  let tearing = 0
  const names: Names = new Map()
  let count = 0
  for (const image of pool.images.values()) {
    if (++count % SLICE === 0) await breath()
    const parent = parentOf(world, image, names, parentPools)
    settleParent(world, image, parent, nowMs)
    const view = fateView(image)
    addCounts(byVerdict, { [view.verdict]: 1 })
    const builder = view.primarySite === null ? undefined : builders.get(view.primarySite)
    if (builder === undefined) {
      addCounts(undirected, { [view.verdict]: 1 })
      continue
    }
    const found: Fate = fate(view, (some) => asViews(parentOf(world, some.image, names, parentPools)))
    builder.add(view.verdict, heldOfRow(image), found, image.objectiveSec)
    if (image.mode === 'snapshot' && image.parent != null && view.verdict !== 'no-copy') tearing++
    if (view.verdict === 'hollow') hollow.push(hollowImage(image, view.primarySite as string))
    if (linkExplains(view.verdict, otherSide(image, view.primarySite as string))) builder.addConnecting()
    countSchedule(image, schedules)
  }
  const finished = [...builders.values()].map((b) => b.finish())
  return { tallies: finished, schedules, byVerdict, undirected, hollow, tearing, parentPools }
}

const hollowImage = (image: ImageState, primarySite: string): HollowImage => ({
  name: `${image.pool}/${image.row?.name ?? ''}`,
  primarySite,
  copySite: otherSide(image, primarySite).site,
})

const builderFor = (pool: PairPool, from: string, to: string) =>
  tallyBuilder({ pair: pool.pair, pool: pool.pool, from, to, objectiveSec: pool.objectiveSec })

/** Images of a pool by their name at a site, made once a tally and only for pools that hold parents. */
type Names = Map<string, Map<string, ImageState>>

function parentOf(world: World, image: ImageState, names: Names, parentPools: Set<string>): Parent<ImageState> {
  const { parent, direction } = image
  if (parent === undefined || direction === null) return { kind: 'not-read' }
  if (parent === null) return { kind: 'none' }
  const site = direction.primarySite
  const key = `${image.pair}/${parent.pool}`
  parentPools.add(key)
  const pool = world.pairPools.get(key)
  const read = world.poolStates.get(`${site}/${parent.pool}`)
  if (pool === undefined) return read?.slowAt == null ? { kind: 'not-read' } : { kind: 'not-mirrored' }
  const index = names.get(`${key}@${site}`) ?? byName(pool, site)
  names.set(`${key}@${site}`, index)
  const found = index.get(`${parent.namespace}/${parent.name}`)
  if (found !== undefined) return { kind: 'mirrored', image: found }
  return read?.observedAt == null ? { kind: 'not-read' } : { kind: 'not-mirrored' }
}

const byName = (pool: PairPool, site: string): Map<string, ImageState> =>
  new Map(
    [...pool.images.values()]
      .filter((image) => sideAt(image, site).role !== 'absent')
      .map((image) => [`${image.namespace}/${sideAt(image, site).name}`, image]),
  )

const asViews = (parent: Parent<ImageState>): Parent<FateView> =>
  parent.kind === 'mirrored' ? { kind: 'mirrored', image: fateView(parent.image) } : parent

function settleParent(world: World, image: ImageState, parent: Parent<ImageState>, nowMs: number): void {
  if (parent.kind === 'not-read') return
  const mirrored = parent.kind === 'none' ? null : parent.kind === 'mirrored'
  if (mirrored === image.parentMirrored) return
  image.parentMirrored = mirrored
  evaluate(world, image, nowMs)
}

function countSchedule(image: ImageState, schedules: PoolTally['schedules']): void {
  const counts = schedules.find(({ from }) => from === image.row?.primary_site)
  if (image.mode !== 'snapshot' || image.schedule === null || counts === undefined) return
  const seconds = intervalSec(image.schedule)
  if (seconds === null) counts.without++
  else if (tooTight(image.objectiveSec, seconds)) {
    counts.tight++
    counts.tightestSec = Math.max(seconds, counts.tightestSec ?? 0)
  }
}
