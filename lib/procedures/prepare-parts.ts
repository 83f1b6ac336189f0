import type { KnownHollow } from '@/lib/domain/hollow'
import type { Lineage } from '@/lib/domain/lineage'
import {
  type Finding,
  type ImageMember,
  type Ledger,
  type LedgerRow,
  memberName,
  type Plan,
  type PlanOptions,
} from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { type ImageSpec, type SiteName, specText } from '@/lib/domain/words'
import type { Look } from '@/lib/engine/step'
import type { Clock } from '@/lib/ports/clock'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { type Chosen, families } from './families'
import { goesAlong } from './findings'

/** An image as the store knows it; everything that decides is read afresh. */
export interface Candidate {
  readonly key: string
  readonly image: ImageSpec
  readonly globalId: string
  readonly objectiveSec: number
  /** Which copy of it is hollow, as the poller saw it; not there where none is. */
  readonly hollow?: KnownHollow
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

type Aside = { readonly key: string; readonly name: string; readonly reason: string }

/** The clone families of what was chosen, by what `site` says of it now; what it does not say is set aside. */
export function membersOf(
  candidates: readonly Candidate[],
  readings: readonly Reading<Lineage>[],
  site: SiteName,
  childrenOutside: ReadonlyMap<string, readonly string[]>,
): { readonly members: readonly ImageMember[]; readonly setAside: Aside[] } {
  const setAside: Aside[] = []
  const chosen = candidates.flatMap(({ key, image, globalId }, index): readonly Chosen[] => {
    const read = readings[index]
    if (read?.kind === 'known') {
      const { mode, parent, sizeBytes } = read.value
      return [{ key, image, globalId, mode, parent, sizeBytes }]
    }
    setAside.push({ key, name: specText(image), reason: `not read at ${site}: ${read?.reason ?? 'no answer'}` })
    return []
  })
  const { members, shared } = families(chosen, childrenOutside)
  for (const { chosen: one, by } of shared) {
    const reason = `${by.length} images outside the choice are its clones (${by[0]}${by.length > 1 ? ', …' : ''}): it stays`
    setAside.push({ key: one.key, name: specText(one.image), reason })
  }
  return { members, setAside }
}

/** Those that were stopped, with their reasons. */
export const asideOf = (members: readonly ImageMember[], stopped: ReadonlyMap<string, string>): readonly Aside[] =>
  members.flatMap((member) => {
    const reason = stopped.get(member.key)
    return reason === undefined ? [] : [{ key: member.key, name: memberName(member), reason }]
  })

/** Why nothing can be started, or null. */
export function refuse(
  asked: number,
  movable: number,
  setAside: readonly { name: string; reason: string }[],
  options: PlanOptions,
  findings: readonly Finding[],
): string | null {
  const blocked = findings.find(({ severity, keys }) => severity === 'blocks' && keys.length === 0)
  if (asked === 0) return 'Nothing is chosen that is primary there.'
  if (blocked !== undefined) return `${blocked.title}: ${blocked.evidence}. ${blocked.remedy}`
  const first = `${setAside[0]?.name ?? ''}: ${setAside[0]?.reason ?? ''}`
  if (movable === 0)
    return asked === 1 ? `It cannot go. ${first}` : `None of the ${asked} images can go. First: ${first}`
  if (options.allOrNothing && setAside.length > 0) {
    return `All or nothing was asked for, and ${setAside.length} cannot go. First: ${first}`
  }
  return null
}

/** Members as the run's own looks take them, before there is a run. */
export const asRecords = (members: readonly ImageMember[]): readonly MemberRecord[] =>
  members.map(
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

/** What was seen of a member, by its key. */
export function lookOf(members: readonly ImageMember[], looks: readonly Look[]): (key: string) => Look | undefined {
  const byKey = new Map(members.map(({ key }, index) => [key, looks[index]]))
  return (key) => byKey.get(key)
}

/** Pools in which every snapshot-mode primary of the old site goes along. `primaries`: how many it has, by pool. */
export function wholePoolsOf(
  images: readonly ImageMember[],
  primaries: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const count = new Map<string, number>()
  for (const { image, mode } of images) if (mode === 'snapshot') count.set(image.pool, (count.get(image.pool) ?? 0) + 1)
  return new Set([...count].filter(([pool, moved]) => moved >= (primaries.get(pool) ?? moved)).map(([pool]) => pool))
}

/** One that cannot go keeps its clone family: half a family at each side helps nobody. */
export function stopFamilies(members: readonly ImageMember[], looks: readonly Look[]): ReadonlyMap<string, string> {
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

/** Worst first, of what goes along. */
export async function ledgerOf(
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
