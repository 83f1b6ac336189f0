import type { Lineage } from '@/lib/domain/lineage'
import { type ImageMember, type LedgerRow, memberName } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { blocked, done, type Look, waiting } from '@/lib/engine/step'
import type { FoundImage } from '@/lib/ports/mirror'
import { dataFindings } from './data-findings'
import { imageFindings } from './findings'
import type { PrepareInput } from './prepare'
import { asideOf, membersOf, type PrepareDeps, type Prepared, refuse, stopFamilies } from './prepare-parts'
import { sharedFindings } from './shared-primary'
import { compileSingleVerb } from './single-verbs'

/**
 * What ending the mirroring of these images would find, delete and run. Only at a primary that answers: its copy is deleted
 * by rbd-mirror of the other site, which must answer too, so that nobody is told of a deletion that was not seen.
 */
export async function prepareDisable(input: PrepareInput, deps: PrepareDeps): Promise<Prepared> {
  const { from, to, options, candidates } = input
  const specs = candidates.map(({ image }) => image)
  const pools = [...new Set(specs.map(({ pool }) => pool))].sort()
  const [atFrom, atTo, found, schedules, data, modes] = await Promise.all([
    deps.mirror(from).lineages(specs),
    deps.mirror(to).lineages(specs),
    deps.mirror(to).found(specs),
    deps.mirror(from).schedules(),
    dataFindings(from, to, deps.mirror),
    Promise.all(pools.map((pool) => deps.mirror(from).poolMirroring(pool))),
  ])
  const at = deps.clock.now()
  // Ceph keeps the mirroring of a parent while mirrored clones hang on it.
  const read = membersOf(candidates, atFrom, from, input.childrenOutside)
  const inPoolMode = new Set(modes.filter(({ mode }) => mode === 'pool').map(({ pool }) => pool))
  const members = read.members.map(
    (member): ImageMember => (inPoolMode.has(member.image.pool) ? { ...member, poolMode: 'pool' } : member),
  )
  const place = new Map(candidates.map(({ key }, index) => [key, index]))
  const sides = members.map(({ key }): Sides => {
    const index = place.get(key) ?? -1
    return { primary: atFrom[index], other: atTo[index], copy: found[index] }
  })
  const looks = members.map((member, index) => judge(member, sides[index], from, to))
  const stopped = stopFamilies(members, looks)
  const setAside = [...read.setAside, ...asideOf(members, stopped)]
  const images = members.filter(({ key }) => !stopped.has(key))
  const findings = [
    ...sharedFindings(modes, from, to),
    ...data,
    ...imageFindings(
      members,
      looks,
      from,
      to,
      `primary at ${from}; what has its name at ${to} is its copy, or nothing`,
    ),
  ]
  const refusal = refuse(candidates.length, images.length, setAside, options, findings)
  const copies = new Map(members.map(({ key }, index) => [key, sides[index]?.copy]))
  const rows = images.map((member): LedgerRow => {
    const copy = copies.get(member.key)
    const gone = copy?.kind === 'known' && copy.value.kind === 'absent'
    const text = `stays at ${from}, mirrored no more; ${gone ? `no copy is at ${to}` : `its copy at ${to} is deleted`}`
    const { key, image, sizeBytes } = member
    return { key, image, sizeBytes, heldUntilAt: null, grade: 'unknown', text, objectiveSec: 0 }
  })
  const compiled = { from, to, options, images, schedules, wholePools: new Set<string>() }
  const plan = refusal === null ? compileSingleVerb('disable', compiled) : null
  return { at, plan, refusal, findings, ledger: { at, rows, setAside } }
}

interface Sides {
  readonly primary: Reading<Lineage> | undefined
  /** What mirroring says of the other side; unknown where there is no copy. */
  readonly other: Reading<Lineage> | undefined
  readonly copy: Reading<FoundImage> | undefined
}

function judge(member: ImageMember, sides: Sides | undefined, from: string, to: string): Look {
  const { primary, copy } = sides ?? {}
  if (primary?.kind !== 'known') return waiting(`not known at ${from}: ${primary?.reason ?? 'not read'}`)
  if (copy?.kind !== 'known') return waiting(`not known at ${to}: ${copy?.reason ?? 'not read'}`)
  if (primary.value.role !== 'primary')
    return blocked(`not primary at ${from}: what would be kept is a copy, and what would be deleted the primary`)
  if (sides?.other?.kind === 'known' && sides.other.value.role === 'primary')
    return blocked('primary at both sites: choose the good copy first')
  if (copy.value.kind === 'there' && copy.value.globalId !== member.globalId)
    return blocked(`another image has the name ${memberName(member)} at ${to}: it is not its copy`)
  return done('')
}
