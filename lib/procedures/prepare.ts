import type { ImageMember, Plan, PlanOptions } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import { look } from '@/lib/engine/look'
import { contextOf, type Look } from '@/lib/engine/step'
import { clientFindings, daemonFindings, imageFindings, ledgerFindings } from './findings'
import { healFirst, unlessHollow } from './hollow-looks'
import { type HollowNames, parentsOf, unlessParentHollow } from './parent-looks'
import { type Compilation, compilePlannedFailover } from './planned-failover'
import {
  asideOf,
  asRecords,
  type Candidate,
  ledgerOf,
  lookOf,
  membersOf,
  type PrepareDeps,
  type Prepared,
  refuse,
  stopFamilies,
  wholePoolsOf,
} from './prepare-parts'

export interface PrepareInput {
  readonly from: SiteName
  readonly to: SiteName
  readonly options: PlanOptions
  readonly candidates: readonly Candidate[]
  /** Images outside the choice, by the `pool/name` of their parent. */
  readonly childrenOutside: ReadonlyMap<string, readonly string[]>
  /** What the store says is primary at `from` in snapshot mode, by pool: to tell whole pools. */
  readonly primariesByPool: ReadonlyMap<string, number>
  /** What is hollow between both sites, chosen or not. */
  readonly hollow?: HollowNames
}

/** Looks at both sides afresh and says what would run, what is in the way and what would be lost. Changes nothing. */
export async function preparePlannedFailover(
  input: PrepareInput,
  deps: PrepareDeps,
  compile: (asked: Compilation) => Plan = compilePlannedFailover,
): Promise<Prepared> {
  const { from, to, options, candidates } = input
  const specs = candidates.map(({ image }) => image)
  const pools = [...new Set(specs.map(({ pool }) => pool))].sort()
  const [atFrom, atTo, schedules, daemons] = await Promise.all([
    deps.mirror(from).lineages(specs),
    deps.mirror(to).lineages(specs),
    deps.mirror(from).schedules(),
    daemonFindings(pools, from, to, deps.mirror),
  ])
  const at = deps.clock.now()
  const { members, setAside } = membersOf(candidates, atFrom, from, input.childrenOutside)
  const inOrder = compile({ from, to, options, schedules, images: members, wholePools: new Set() })
  const looks = await judge(members, inOrder, deps)
  const own = unlessHollow(members, looks.preflight, candidates, atTo, healFirst(from, to))
  const parents = await parentsOf(members, contextOf(inOrder, deps))
  const preflight = unlessParentHollow(members, own, parents, input.hollow, to)
  const stopped = stopFamilies(members, preflight)
  setAside.push(...asideOf(members, stopped))
  const images = members.filter(({ key }) => !stopped.has(key))
  const ledger = await ledgerOf(candidates, images, setAside, atFrom, atTo, at, deps)
  const findings = [
    ...daemons,
    ...imageFindings(members, preflight, from, to),
    ...clientFindings(images, lookOf(members, looks.clients), options, from),
    ...ledgerFindings(ledger, at),
  ]
  const refusal = refuse(candidates.length, images.length, setAside, options, findings)
  const wholePools = wholePoolsOf(images, input.primariesByPool)
  const plan = refusal === null ? compile({ from, to, options, images, schedules, wholePools }) : null
  return { at, plan, refusal, findings, ledger }
}

interface Judged {
  readonly preflight: readonly Look[]
  readonly clients: readonly Look[]
}

/** The same looks that the run's own first steps take, so that the wizard cannot promise what the run refuses. */
async function judge(members: readonly ImageMember[], plan: Plan, deps: PrepareDeps): Promise<Judged> {
  const context = contextOf(plan, deps)
  const records = asRecords(members)
  const [preflight, clients] = await Promise.all([
    look('preflight', records, context),
    look('stop-clients', records, context),
  ])
  return { preflight, clients }
}
