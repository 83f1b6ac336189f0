import type { Lineage } from '@/lib/domain/lineage'
import type { Finding, ImageMember, Ledger, LedgerRow, Plan, PlanOptions } from '@/lib/domain/plan'
import { memberName } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { type ImageSpec, type SiteName, specText } from '@/lib/domain/words'
import { look } from '@/lib/engine/look'
import type { Look, StepContext } from '@/lib/engine/step'
import type { Clock } from '@/lib/ports/clock'
import type { MirrorPort, SnapshotSchedule } from '@/lib/ports/mirror'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { type Chosen, families } from './families'
import { clientFindings, daemonFindings, goesAlong, imageFindings, ledgerFindings } from './findings'
import { compilePlannedFailover } from './planned-failover'

/** An image as the store knows it; everything that decides is read afresh. */
export interface Candidate {
  readonly key: string
  readonly image: ImageSpec
  readonly globalId: string
  readonly objectiveSec: number
}

export interface PrepareInput {
  readonly from: SiteName
  readonly to: SiteName
  readonly options: PlanOptions
  readonly candidates: readonly Candidate[]
  /** Images outside the choice, by the `pool/name` of their parent. */
  readonly childrenOutside: ReadonlyMap<string, readonly string[]>
  /** What the store says is primary at `from` in snapshot mode, by pool: to tell whole pools. */
  readonly primariesByPool: ReadonlyMap<string, number>
}

export interface PrepareDeps {
  readonly clock: Clock
  mirror(site: SiteName): MirrorPort
  /** Up to when the copy holds everything, from lineages read just now and what was sampled before. */
  held(
    candidate: Candidate,
    from: Reading<Lineage>,
    to: Reading<Lineage>,
  ): Promise<Pick<LedgerRow, 'heldUntilAt' | 'grade' | 'text'>>
}

export interface Prepared {
  readonly at: number
  readonly plan: Plan | null
  readonly refusal: string | null
  readonly findings: readonly Finding[]
  readonly ledger: Ledger
}

/** Looks at both sides afresh and says what would run, what is in the way and what would be lost. Changes nothing. */
export async function preparePlannedFailover(input: PrepareInput, deps: PrepareDeps): Promise<Prepared> {
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
  const setAside: { key: string; name: string; reason: string }[] = []
  const chosen = candidates.flatMap((candidate, index): readonly Chosen[] => {
    const read = atFrom[index]
    if (read?.kind === 'known') {
      const { mode, parent, sizeBytes } = read.value
      return [{ key: candidate.key, image: candidate.image, globalId: candidate.globalId, mode, parent, sizeBytes }]
    }
    setAside.push({
      key: candidate.key,
      name: specText(candidate.image),
      reason: `not read at ${from}: ${read?.reason ?? 'no answer'}`,
    })
    return []
  })
  const { members, shared } = families(chosen, input.childrenOutside)
  for (const { chosen: one, by } of shared) {
    const reason = `${by.length} images outside the choice are its clones (${by[0]}${by.length > 1 ? ', …' : ''}): it stays`
    setAside.push({ key: one.key, name: specText(one.image), reason })
  }
  const looks = await judge(members, { from, to, options, schedules }, deps)
  const stopped = stopFamilies(members, looks.preflight)
  for (const [key, reason] of stopped) {
    const member = members.find((one) => one.key === key)
    if (member !== undefined) setAside.push({ key, name: memberName(member), reason })
  }
  const images = members.filter(({ key }) => !stopped.has(key))
  const ledger = await ledgerOf(candidates, images, setAside, atFrom, atTo, at, deps)
  const findings = [
    ...daemons,
    ...imageFindings(members, looks.preflight, from, to),
    ...clientFindings(images, (key) => looks.clients[members.findIndex((member) => member.key === key)], options, from),
    ...ledgerFindings(ledger, at),
  ]
  const blocked = findings.find(({ severity, keys }) => severity === 'blocks' && keys.length === 0)
  const refusal = refuse(candidates.length, images.length, setAside, options, blocked)
  const plan = refusal === null ? compile(images, schedules, input) : null
  return { at, plan, refusal, findings, ledger }
}

function refuse(
  asked: number,
  movable: number,
  setAside: readonly { name: string; reason: string }[],
  options: PlanOptions,
  blocked: Finding | undefined,
): string | null {
  if (asked === 0) return 'Nothing is chosen that is primary there.'
  if (blocked !== undefined) return `${blocked.title}: ${blocked.evidence}. ${blocked.remedy}`
  if (movable === 0)
    return `None of the ${asked} images can be failed over. First: ${setAside[0]?.name ?? ''}: ${setAside[0]?.reason ?? ''}`
  if (options.allOrNothing && setAside.length > 0) {
    return `All or nothing was asked for, and ${setAside.length} cannot go. First: ${setAside[0]?.name ?? ''}: ${setAside[0]?.reason ?? ''}`
  }
  return null
}

function compile(images: readonly ImageMember[], schedules: readonly SnapshotSchedule[], input: PrepareInput): Plan {
  const count = new Map<string, number>()
  for (const { image, mode } of images) if (mode === 'snapshot') count.set(image.pool, (count.get(image.pool) ?? 0) + 1)
  const wholePools = new Set(
    [...count].filter(([pool, moved]) => moved >= (input.primariesByPool.get(pool) ?? moved)).map(([pool]) => pool),
  )
  return compilePlannedFailover({
    from: input.from,
    to: input.to,
    options: input.options,
    images,
    schedules,
    wholePools,
  })
}

interface Judged {
  readonly preflight: readonly Look[]
  readonly clients: readonly Look[]
}

/** The same looks that the run's own first steps take, so that the wizard cannot promise what the run refuses. */
async function judge(
  members: readonly ImageMember[],
  input: Pick<PrepareInput, 'from' | 'to' | 'options'> & { schedules: readonly SnapshotSchedule[] },
  deps: PrepareDeps,
): Promise<Judged> {
  const plan = compilePlannedFailover({ ...input, images: members, wholePools: new Set() })
  const context: StepContext = { plan, clock: deps.clock, mirror: deps.mirror }
  const records = members.map(
    (member, idx): MemberRecord => ({
      idx,
      member,
      family: member.family,
      state: 'pending',
      reason: '',
      stepIdx: 0,
      memo: {},
    }),
  )
  const [preflight, clients] = await Promise.all([
    look('preflight', records, context),
    look('stop-clients', records, context),
  ])
  return { preflight, clients }
}

/** One that cannot go keeps its clone family: half a family at each side helps nobody. */
function stopFamilies(members: readonly ImageMember[], looks: readonly Look[]): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>()
  const families = new Map<string, string>()
  for (const [index, member] of members.entries()) {
    const one = looks[index]
    if (one === undefined || goesAlong(one)) continue
    const reason = one.kind === 'blocked' || one.kind === 'waiting' ? one.reason : 'not read'
    reasons.set(member.key, reason)
    families.set(member.family, `its clone family is stopped by ${memberName(member)}: ${reason}`)
  }
  for (const { key, family } of members) {
    const reason = families.get(family)
    if (reason !== undefined && !reasons.has(key)) reasons.set(key, reason)
  }
  return reasons
}

async function ledgerOf(
  candidates: readonly Candidate[],
  images: readonly ImageMember[],
  setAside: Ledger['setAside'],
  atFrom: readonly Reading<Lineage>[],
  atTo: readonly Reading<Lineage>[],
  at: number,
  deps: PrepareDeps,
): Promise<Ledger> {
  const moving = new Map(images.map((member) => [member.key, member]))
  const none: Reading<Lineage> = { kind: 'unknown', reason: 'not read' }
  const rows = await Promise.all(
    candidates.map(async (candidate, index): Promise<LedgerRow | null> => {
      const member = moving.get(candidate.key)
      if (member === undefined) return null
      const held = await deps.held(candidate, atFrom[index] ?? none, atTo[index] ?? none)
      return {
        key: candidate.key,
        image: candidate.image,
        objectiveSec: candidate.objectiveSec,
        sizeBytes: member.sizeBytes,
        ...held,
      }
    }),
  )
  const known = rows.filter((row) => row !== null)
  // Worst first; what is not known is worse than any figure.
  known.sort((a, b) => (a.heldUntilAt ?? 0) - (b.heldUntilAt ?? 0))
  return { at, rows: known, setAside }
}
