import type { AcknowledgedOutage } from '@/lib/domain/acknowledged-outage'
import { attention, type Item } from '@/lib/domain/attention'
import type { Lane } from '@/lib/domain/if-lost'
import { ifLost } from '@/lib/domain/if-lost'
import { addCounts, streams } from '@/lib/domain/streams'
import type { Attention, IfLost, Summaries } from '@/lib/domain/summary'
import type { Suspension } from '@/lib/domain/suspension'
import { countsNow, type PoolRead } from '@/lib/domain/verdict-now'
import type { Verdict } from '@/lib/domain/verdict-words'
import { breath } from '@/lib/ports/slices'
import { siteView } from './site-view'
import { type PoolTally, tallyPool } from './tallies'
import { type PoolState, pairedPoolsOf, type SiteState, type World } from './world'

/** What operators have stated of the outside, as it stands, and what follows for the list of what needs a hand. */
export interface Statements {
  readonly suspensions: readonly Suspension[]
  readonly outages: readonly AcknowledgedOutage[]
  readonly items: readonly Item[]
  /** Images that are kept on both sides on purpose, by verdict. */
  readonly apart: Readonly<Partial<Record<Verdict, number>>>
}

export interface SummaryKeeper {
  /** Counts again what changed and puts all together. `lanes` for the roll-ups. */
  renew(
    nowMs: number,
    statements: Statements,
  ): Promise<{ readonly summaries: Summaries; readonly lanes: readonly Lane[] }>
}

/** Makes the summaries from memory; pools that did not change are not counted again. */
export function createSummaryKeeper(world: World, attentionBefore: readonly Attention[]): SummaryKeeper {
  const tallies = new Map<string, PoolTally>()
  let items = attentionBefore

  const recount = async (nowMs: number) => {
    for (const key of tallies.keys()) if (!world.pairPools.has(key)) tallies.delete(key)
    const stale = new Set([...world.pairPools.values()].filter((pool) => pool.stale).map((pool) => pool.key))
    for (const [key, pool] of world.pairPools) {
      const parents = [...(tallies.get(key)?.parentPools ?? [])]
      if (tallies.has(key) && !stale.has(key) && !parents.some((parent) => stale.has(parent))) continue
      pool.stale = false
      tallies.set(key, await tallyPool(world, pool, nowMs))
      await breath()
    }
  }

  return {
    async renew(nowMs, statements) {
      await recount(nowMs)
      const lanes = [...tallies.values()].flatMap((tally) => lanesOf(world, tally))
      const whole = streams(lanes, nowMs)
      await breath()
      const counts = countsOf(world, [...tallies.values()], nowMs)
      const lost: IfLost[] = []
      for (const site of world.sites.values()) {
        lost.push(ifLost(inputOf(world, site, lanes, tallies), nowMs))
        await breath()
      }
      items = attention(
        {
          sites: [...world.sites.values()].map((site) => siteView(world, site, lanes)),
          clouds: [...world.clouds.values()],
          lanes,
          byVerdict: sumOf([...tallies.values()].map((tally) => tally.byVerdict)),
          hollow: [...tallies.values()].flatMap((tally) => tally.hollow),
          unknownNow: counts.byVerdict.unknown ?? 0,
          parentNotMirrored: lost.reduce((sum, site) => sum + reasonCount(site.lost, 'parent-not-mirrored'), 0),
          tearingClones: [...tallies.values()].reduce((sum, { tearing }) => sum + tearing, 0),
          schedules: [...tallies.values()].flatMap((tally) => schedulesOf(lanes, tally)),
          suspensions: statements.suspensions,
          outages: statements.outages,
          apart: statements.apart,
          statements: statements.items,
        },
        items,
        nowMs,
      )
      const behindObjective = whole.whole.reduce((sum, stream) => sum + stream.behindObjective, 0)
      const summaries: Summaries = {
        'if-lost': lost,
        streams: whole.whole,
        'pool-streams': whole.pools,
        attention: items,
        counts: { ...counts, behindObjective },
      }
      return { summaries, lanes }
    },
  }
}

const reasonCount = (lost: readonly { reason: string; images: number }[], reason: string): number =>
  lost.find((entry) => entry.reason === reason)?.images ?? 0

export const readOf = (world: World, site: string, pool: string): PoolRead => ({
  site,
  silentSince: world.sites.get(site)?.silentSince ?? null,
  observedAt: world.poolStates.get(`${site}/${pool}`)?.observedAt ?? null,
  roundMs: world.sites.get(site)?.roundMs ?? null,
})

const NO_TIMES = { sampledAt: null, fastSampledAt: null }

function lanesOf(world: World, { tallies }: PoolTally): Lane[] {
  return tallies.map((tally) => ({
    tally,
    from: readOf(world, tally.from, tally.pool),
    to: readOf(world, tally.to, tally.pool),
    times: world.poolStates.get(`${tally.from}/${tally.pool}`) ?? NO_TIMES,
  }))
}

function inputOf(world: World, site: SiteState, lanes: readonly Lane[], tallies: ReadonlyMap<string, PoolTally>) {
  const states = pairedPoolsOf(world, site.name)
  const here = [...tallies].filter(([key]) => key.split('/', 1)[0]?.split('~').includes(site.name))
  return {
    site: site.name,
    lanes: lanes.filter(({ tally }) => tally.from === site.name && tally.images > 0),
    twoPrimaries: here.reduce((sum, [, tally]) => sum + (tally.undirected['two-primaries'] ?? 0), 0),
    notMirrored: notMirrored(states),
    reads: states.map((state) => readOf(world, site.name, state.pool)),
  }
}

function notMirrored(states: readonly PoolState[]): number | null {
  const counted = states.flatMap((state) => (state.unmirrored === null ? [] : [state.unmirrored]))
  return counted.length === 0 ? null : counted.reduce((sum, images) => sum + images, 0)
}

/** Images by verdict as of now: what is not read at both sides is unknown. */
function countsOf(world: World, tallies: readonly PoolTally[], nowMs: number) {
  const byVerdict: Partial<Record<Verdict, number>> = {}
  let images = 0
  for (const tally of tallies) {
    const [first] = tally.tallies
    if (first === undefined) continue
    const count = Object.values(tally.byVerdict).reduce((sum, some) => sum + some, 0)
    images += count
    const read = (site: string) => readOf(world, site, first.pool)
    for (const one of tally.tallies)
      addCounts(byVerdict, countsNow(one.byVerdict, one.images, read(one.from), read(one.to), nowMs))
    const undirected = count - tally.tallies.reduce((sum, one) => sum + one.images, 0)
    addCounts(byVerdict, countsNow(tally.undirected, undirected, read(first.from), read(first.to), nowMs))
  }
  return { images, byVerdict }
}

function sumOf(counts: readonly Readonly<Partial<Record<Verdict, number>>>[]): Partial<Record<Verdict, number>> {
  const sum: Partial<Record<Verdict, number>> = {}
  for (const some of counts) addCounts(sum, some)
  return sum
}

function schedulesOf(lanes: readonly Lane[], { schedules, tallies }: PoolTally) {
  return schedules.flatMap(({ from, without, tight, tightestSec }) => {
    const own = tallies.find((tally) => tally.from === from)
    const lane = lanes.find(({ tally }) => tally === own)
    return lane === undefined ? [] : [{ lane, without, tight, tightestSec }]
  })
}
