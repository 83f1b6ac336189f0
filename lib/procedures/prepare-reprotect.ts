import { KEEP_DAYS } from '@/lib/domain/keep-days'
import { type Finding, type ImageMember, type LedgerRow, memberName, type Plan } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { type SiteName, specText } from '@/lib/domain/words'
import { look } from '@/lib/engine/look'
import { contextOf, type Look } from '@/lib/engine/step'
import type { FoundImage } from '@/lib/ports/mirror'
import { clientFindings, daemonFindings, imageFindings } from './findings'
import type { PrepareInput } from './prepare'
import {
  asideOf,
  asRecords,
  lookOf,
  membersOf,
  type PrepareDeps,
  type Prepared,
  refuse,
  stopFamilies,
} from './prepare-parts'
import { compileReprotect, keptName } from './reprotect'
import { scheduleFindings, twinSchedules } from './twin-schedules'

export interface ReprotectInput extends Omit<PrepareInput, 'primariesByPool'> {
  /** `pool/name` of images outside the choice that have two histories too. */
  readonly parted: ReadonlySet<string>
  /** Free bytes by pool at the site that gets new copies, as last read. */
  readonly roomBytes: ReadonlyMap<string, number>
}

/**
 * What protecting images again would find and run: `from` is the site whose copies were chosen, `to` the one that gets new
 * ones. Looks at both afresh; changes nothing. The ledger lists what is put aside, and the name that it gets.
 */
export async function prepareReprotect(input: ReprotectInput, deps: Omit<PrepareDeps, 'held'>): Promise<Prepared> {
  const { from, to, options, candidates } = input
  const specs = candidates.map(({ image }) => image)
  const pools = [...new Set(specs.map(({ pool }) => pool))].sort()
  const [atFrom, atTo, schedules, twins, daemons] = await Promise.all([
    deps.mirror(from).lineages(specs),
    deps.mirror(to).found(specs),
    deps.mirror(from).schedules(),
    deps.mirror(to).schedules(),
    daemonFindings(pools, from, to, deps.mirror),
  ])
  const at = deps.clock.now()
  const read = membersOf(candidates, atFrom, from, input.childrenOutside)
  const setAside = [...read.setAside]
  const lost = new Map(candidates.map(({ key }, index) => [key, atTo[index]]))
  const members = read.members.flatMap((member): readonly ImageMember[] => {
    const reason = unfit(member, lost.get(member.key), input)
    const copy = lost.get(member.key)
    if (reason === null && copy?.kind === 'known' && copy.value.kind === 'there') {
      const { imageId } = copy.value
      return [{ ...member, loser: { imageId, keptAs: keptName(member.image.name, imageId) } }]
    }
    setAside.push({ key: member.key, name: memberName(member), reason: reason ?? 'not read' })
    return []
  })
  const compiled = (images: readonly ImageMember[]): Plan =>
    compileReprotect({ from, to, options, images, schedules: twinSchedules(images, from, schedules, twins) })
  const context = contextOf(compiled(members), deps)
  const looks = await look('check-loser', asRecords(members), context)
  // A client that the run evicts, or waits for, does not keep its image out: it is a finding of its own.
  const held = (one: Look | undefined) =>
    one?.kind === 'ready' || (one?.kind === 'waiting' && one.reason.startsWith('held open'))
  const freed = looks.map((one): Look => (held(one) ? { kind: 'done', proof: '' } : one))
  const stopped = stopFamilies(members, freed)
  setAside.push(...asideOf(members, stopped))
  const images = members.filter(({ key }) => !stopped.has(key))
  const seen = lookOf(members, looks)
  const clientLook = (key: string): Look | undefined => {
    const one = seen(key)
    return held(one) ? one : { kind: 'done', proof: '' }
  }
  const findings = [
    ...daemons,
    ...imageFindings(members, freed, from, to, `${from} is a primary that answers, and ${to} is of another history`),
    ...clientFindings(images, clientLook, options, to),
    ...roomFindings(images, to, input.roomBytes),
    ...scheduleFindings(images, from, schedules, twins),
  ]
  const refusal = refuse(candidates.length, images.length, setAside, options, findings)
  const objectives = new Map(candidates.map(({ key, objectiveSec }) => [key, objectiveSec]))
  const rows = images.map((member) =>
    ledgerRow(member, objectives.get(member.key) ?? 0, at, options.keepDays ?? KEEP_DAYS),
  )
  return { at, plan: refusal === null ? compiled(images) : null, refusal, findings, ledger: { at, rows, setAside } }
}

/** Why this image cannot be taken along; null where it can. */
function unfit(
  member: ImageMember,
  copy: Reading<FoundImage> | undefined,
  { to, parted }: ReprotectInput,
): string | null {
  if (copy?.kind !== 'known') return `not read at ${to}: ${copy?.reason ?? 'no answer'}`
  if (copy.value.kind === 'absent') return `nothing of this name is at ${to}: rbd-mirror there makes a copy by itself`
  const parent = member.outsideParent === null ? null : specText(member.outsideParent)
  // Its new copy would hang on the parent that lost.
  return parent !== null && parted.has(parent) ? `its parent ${parent} has two histories too: choose it along` : null
}

const base = { command: '', keys: [] } as const

/** What is kept stays, and every image comes once more: a site that fills up stops all that is on it. */
function roomFindings(
  images: readonly ImageMember[],
  to: SiteName,
  roomBytes: ReadonlyMap<string, number>,
): readonly Finding[] {
  const needed = new Map<string, number>()
  for (const { image, sizeBytes } of images) needed.set(image.pool, (needed.get(image.pool) ?? 0) + (sizeBytes ?? 0))
  return [...needed].map(([pool, bytes]): Finding => {
    const free = roomBytes.get(pool)
    const evidence = `at most ${gib(bytes)} are copied, ${free === undefined ? 'how much is free is not known' : `${gib(free)} are free`}`
    const title = `Room in ${pool} at ${to}`
    if (free !== undefined && bytes <= free * 0.8)
      return { ...base, check: 'room', severity: 'pass', title, evidence, remedy: '' }
    const remedy = 'Sizes are what was provisioned, so it may need far less. Take fewer at a time, or make room first.'
    return { ...base, check: 'room', severity: free === undefined ? 'unknown' : 'warns', title, evidence, remedy }
  })
}

/** `12.5 GiB` */
export const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`

function ledgerRow(
  { key, image, sizeBytes, loser }: ImageMember,
  objectiveSec: number,
  at: number,
  days: number,
): LedgerRow {
  const text = `kept as ${loser?.keptAs ?? ''}; nothing of it is deleted, and after ${days} days it is due to be looked at`
  return { key, image, heldUntilAt: at, grade: 'measured', text, objectiveSec, sizeBytes }
}
