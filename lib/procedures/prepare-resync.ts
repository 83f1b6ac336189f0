import { type Finding, type ImageMember, type LedgerRow, memberName, type Plan } from '@/lib/domain/plan'
import { RESTART_MIRROR } from '@/lib/domain/restart-mirror'
import type { SiteName } from '@/lib/domain/words'
import { look } from '@/lib/engine/look'
import { contextOf, type Look } from '@/lib/engine/step'
import { dataFindings } from './data-findings'
import { daemonFindings, imageFindings } from './findings'
import type { PrepareInput } from './prepare'
import { asideOf, asRecords, membersOf, type PrepareDeps, type Prepared, refuse, stopFamilies } from './prepare-parts'
import { compileResync } from './resync'

export interface ResyncInput extends Omit<PrepareInput, 'primariesByPool'> {
  /** Since when each image stands as it does, by its key, as the poller saw it: the first of the two looks. */
  readonly seenAt: ReadonlyMap<string, number>
  /** Images that a person keeps on both sides on purpose, by their keys, with the reason that is told. */
  readonly apart?: ReadonlyMap<string, string>
}

/**
 * What a resync of copies at `to` would find, delete and run. Only a copy of which the peer at `from` holds everything stays
 * in the plan; a real split is refused in favour of keeping what lost. Looks at both sites afresh; changes nothing.
 */
export async function prepareResync(input: ResyncInput, deps: Omit<PrepareDeps, 'held'>): Promise<Prepared> {
  const { from, to, options, candidates } = input
  const specs = candidates.map(({ image }) => image)
  const pools = [...new Set(specs.map(({ pool }) => pool))].sort()
  const [atFrom, atTo, daemons, data] = await Promise.all([
    deps.mirror(from).lineages(specs),
    deps.mirror(to).found(specs),
    daemonFindings(pools, from, to, deps.mirror),
    dataFindings(from, to, deps.mirror),
  ])
  const at = deps.clock.now()
  const read = membersOf(candidates, atFrom, from, new Map())
  const setAside = [...read.setAside]
  const there = new Map(candidates.map(({ key }, index) => [key, atTo[index]]))
  const hollow = new Map(candidates.map((one) => [one.key, one.hollow]))
  const members = read.members.flatMap((member): readonly ImageMember[] => {
    const apart = input.apart?.get(member.key)
    if (apart !== undefined) {
      setAside.push({ key: member.key, name: memberName(member), reason: apart })
      return []
    }
    const copy = there.get(member.key)
    if (copy?.kind === 'known' && copy.value.kind === 'there') {
      const copyId = copy.value.imageId
      const known = hollow.get(member.key)
      return [{ ...member, copyId, ...(known?.copyId === copyId && { hollow: known.hollow }) }]
    }
    const reason =
      copy?.kind === 'known'
        ? `nothing of this name is at ${to}: rbd-mirror there makes a copy by itself`
        : `not read at ${to}: ${copy?.reason ?? 'no answer'}`
    setAside.push({ key: member.key, name: memberName(member), reason })
    return []
  })
  const compiled = (images: readonly ImageMember[]): Plan => compileResync({ from, to, options, images })
  const context = contextOf(compiled(members), deps)
  const records = asRecords(members).map((record) => {
    const firstAt = input.seenAt.get(record.member.key)
    return firstAt === undefined ? record : { ...record, memo: { firstAt } }
  })
  const looks = await look('check-resync', records, context)
  const stopped = stopFamilies(members, looks.map(unlessOnce))
  setAside.push(...asideOf(members, stopped))
  const images = members.filter(({ key }) => !stopped.has(key))
  const findings = [
    ...daemons,
    ...data,
    ...imageFindings(
      members,
      looks.map(unlessOnce),
      from,
      to,
      `${from} is a whole primary that holds all that ${to} has`,
    ),
    ...(images.some((member) => member.hollow === undefined) ? [restartFinding(to)] : []),
  ]
  const refusal = refuse(candidates.length, images.length, setAside, options, findings)
  const proofs = new Map(members.map(({ key }, index) => [key, looks[index]]))
  const objectives = new Map(candidates.map(({ key, objectiveSec }) => [key, objectiveSec]))
  const rows = images.map((member) =>
    ledgerRow(member, proofs.get(member.key), objectives.get(member.key) ?? 0, at, to),
  )
  return { at, plan: refusal === null ? compiled(images) : null, refusal, findings, ledger: { at, rows, setAside } }
}

/** The engine remembers its first look; here nobody does, so what was looked at once is not offered. */
const unlessOnce = (one: Look): Look => (one.kind === 'waiting' ? { kind: 'waiting', reason: one.reason } : one)

const restartFinding = (to: SiteName): Finding => ({
  check: 'restart',
  severity: 'warns',
  title: `A restart of rbd-mirror at ${to} may be all that it needs`,
  evidence: 'it keeps sessions to a peer that was rebuilt or away, and says split-brain of what it could follow',
  remedy: 'Restart it, wait a minute and look again: a resync deletes each copy and copies it in full.',
  command: RESTART_MIRROR.map(({ by, line }) => `${line}   # ${by}`).join('\n'),
  keys: [],
})

function ledgerRow(
  { key, image, sizeBytes }: ImageMember,
  look: Look | undefined,
  objectiveSec: number,
  at: number,
  to: SiteName,
): LedgerRow {
  const proof = look?.kind === 'done' ? look.proof : 'not read'
  const text = `deleted at ${to} and copied again; ${proof}`
  return { key, image, heldUntilAt: at, grade: 'measured', text, objectiveSec, sizeBytes }
}
