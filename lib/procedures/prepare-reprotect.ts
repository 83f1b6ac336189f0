import type { Lineage } from '@/lib/domain/lineage'
import type { ImageMember, LedgerRow, Plan } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { look } from '@/lib/engine/look'
import type { StepContext } from '@/lib/engine/step'
import { daemonFindings, imageFindings } from './findings'
import type { PrepareInput } from './prepare'
import { asideOf, asRecords, membersOf, type PrepareDeps, type Prepared, refuse, stopFamilies } from './prepare-parts'
import { compileReprotect, keptName } from './reprotect'

/**
 * What protecting images again would find and run: `from` is the site whose copies were chosen, `to` the one that gets new
 * ones. Looks at both afresh; changes nothing. The ledger lists what is put aside, with when both histories parted.
 */
export async function prepareReprotect(
  input: Omit<PrepareInput, 'childrenOutside' | 'primariesByPool'>,
  deps: Omit<PrepareDeps, 'held'>,
): Promise<Prepared> {
  const { from, to, options, candidates } = input
  const specs = candidates.map(({ image }) => image)
  const pools = [...new Set(specs.map(({ pool }) => pool))].sort()
  const [atFrom, atTo, daemons] = await Promise.all([
    deps.mirror(from).lineages(specs),
    deps.mirror(to).lineages(specs),
    daemonFindings(pools, from, to, deps.mirror),
  ])
  const at = deps.clock.now()
  const read = membersOf(candidates, atFrom, from, new Map())
  const lost = new Map(candidates.map(({ key }, index) => [key, atTo[index]]))
  const setAside = [...read.setAside]
  const members = read.members.flatMap((member): readonly ImageMember[] => {
    const copy = lost.get(member.key)
    if (copy?.kind === 'known') {
      const { imageId } = copy.value
      return [{ ...member, loser: { imageId, keptAs: keptName(member.image.name, imageId) } }]
    }
    setAside.push({
      key: member.key,
      name: member.image.name,
      reason: `not read at ${to}: ${copy?.reason ?? 'no answer'}`,
    })
    return []
  })
  const compiled = (images: readonly ImageMember[]): Plan => compileReprotect({ from, to, options, images })
  const context: StepContext = { plan: compiled(members), clock: deps.clock, mirror: deps.mirror }
  const looks = await look('check-loser', asRecords(members), context)
  // A client that the run evicts, or waits for, does not keep its image out.
  const heldOpen = looks.map(
    (one) => one.kind === 'ready' || (one.kind === 'waiting' && one.reason.startsWith('held open')),
  )
  const stopped = stopFamilies(
    members,
    looks.map((one, index) => (heldOpen[index] ? { kind: 'done', proof: '' } : one)),
  )
  setAside.push(...asideOf(members, stopped))
  const images = members.filter(({ key }) => !stopped.has(key))
  const findings = [
    ...daemons,
    ...imageFindings(members, looks, from, to, `${from} is a primary that answers, and ${to} is of another history`),
  ]
  const blocked = findings.find(({ severity, keys }) => severity === 'blocks' && keys.length === 0)
  const refusal = refuse(candidates.length, images.length, setAside, options, blocked)
  const moving = new Set(images.map(({ key }) => key))
  const rows = candidates.flatMap((candidate, index) =>
    moving.has(candidate.key) ? [ledgerRow(candidate, atTo[index], at)] : [],
  )
  return { at, plan: refusal === null ? compiled(images) : null, refusal, findings, ledger: { at, rows, setAside } }
}

function ledgerRow(
  { key, image, objectiveSec }: PrepareInput['candidates'][number],
  copy: Reading<Lineage> | undefined,
  at: number,
): LedgerRow {
  const kept = copy?.kind === 'known' ? copy.value : null
  const text = kept === null ? 'not read' : `kept as ${keptName(image.name, kept.imageId)}; nothing of it is deleted`
  return { key, image, heldUntilAt: at, grade: 'measured', text, objectiveSec, sizeBytes: kept?.sizeBytes ?? null }
}
