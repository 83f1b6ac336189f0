import type { Lineage } from '@/lib/domain/lineage'
import type { Finding, ImageMember, Ledger, LedgerRow } from '@/lib/domain/plan'
import { promotable as mayPromote, turned } from '@/lib/domain/promotable'
import type { Reading } from '@/lib/domain/reading'
import type { SingleVerb } from '@/lib/domain/single-verb'
import { look } from '@/lib/engine/look'
import { blocked, contextOf, done, type Look, waiting } from '@/lib/engine/step'
import { NO_FLATTEN } from '@/lib/engine/steps/flatten'
import { judgeParents, outsideParents } from '@/lib/engine/steps/outside-parents'
import { peerMarks } from '@/lib/engine/steps/peer-marks'
import { judgeStatus } from '@/lib/engine/steps/preflight'
import { daemonFindings, imageFindings } from './findings'
import { healFirst, unlessHollow } from './hollow-looks'
import { parentsOf, unlessParentHollow } from './parent-looks'
import { type PrepareInput, preparePlannedFailover } from './prepare'
import { prepareDisable } from './prepare-disable'
import {
  asideOf,
  asRecords,
  ledgerOf,
  membersOf,
  type PrepareDeps,
  type Prepared,
  refuse,
  stopFamilies,
  wholePoolsOf,
} from './prepare-parts'
import { compileSingleVerb } from './single-verbs'

const NOBODY: ReadonlyMap<string, readonly string[]> = new Map()

/** What one verb for these images would find and run. Looks at both sides afresh; changes nothing. */
export async function prepareSingleVerb(verb: SingleVerb, input: PrepareInput, deps: PrepareDeps): Promise<Prepared> {
  // A demotion asks what the first half of a planned failover asks, and has as much to lose.
  if (verb === 'demote') return preparePlannedFailover(input, deps, (asked) => compileSingleVerb('demote', asked))
  if (verb === 'disable') return prepareDisable(input, deps)
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
  // A parent that is demoted at both sites, or keeps its role, is taken from none of its other clones.
  const read = membersOf(candidates, atFrom, from, NOBODY)
  const { members } = read
  const sides = sidesOf(candidates, members, atFrom, atTo)
  const compiled = (images: readonly ImageMember[]) =>
    compileSingleVerb(verb, { from, to, options, images, schedules, wholePools: wholePoolsOf(images, new Map()) })
  const looks =
    verb === 'promote'
      ? await mayBePromoted(input, members, sides, atTo, compiled(members), deps)
      : members.map((_, index) => JUDGED[verb](sides[index], from, to))
  const stopped = verb === 'promote' ? stopFamilies(members, looks) : stopEach(members, looks)
  const setAside = [...read.setAside, ...asideOf(members, stopped)]
  const images = members.filter(({ key }) => !stopped.has(key))
  const findings = [
    ...daemons,
    ...imageFindings(members, looks, from, to, PASSES[verb](from, to)),
    ...room(verb, images),
  ]
  const refusal = refuse(candidates.length, images.length, setAside, options, findings)
  const ledger =
    verb === 'promote'
      ? promotedLedger(candidates, images, members, looks, at, setAside)
      : await ledgerOf(candidates, images, setAside, atFrom, atTo, at, deps)
  return { at, plan: refusal === null ? compiled(images) : null, refusal, findings, ledger }
}

/** Proven, and neither the copy nor a parent that it lives by is hollow. */
async function mayBePromoted(
  { from, to, candidates, hollow }: PrepareInput,
  members: readonly ImageMember[],
  sides: readonly Sides[],
  atTo: readonly Reading<Lineage>[],
  plan: ReturnType<typeof compileSingleVerb>,
  deps: PrepareDeps,
): Promise<readonly Look[]> {
  const proven = await promotable(members, sides, { from, to }, plan, deps)
  const parents = await parentsOf(members, contextOf(plan, deps))
  const own = unlessHollow(members, proven, candidates, atTo, healFirst(from, to))
  return unlessParentHollow(members, own, parents, hollow, to)
}

interface Sides {
  readonly from: Reading<Lineage>
  readonly to: Reading<Lineage>
}

const NOT_READ: Reading<Lineage> = { kind: 'unknown', reason: 'not read' }

function sidesOf(
  candidates: PrepareInput['candidates'],
  members: readonly ImageMember[],
  atFrom: readonly Reading<Lineage>[],
  atTo: readonly Reading<Lineage>[],
): readonly Sides[] {
  const index = new Map(candidates.map(({ key }, place) => [key, place]))
  return members.map(({ key }) => {
    const place = index.get(key) ?? -1
    return { from: atFrom[place] ?? NOT_READ, to: atTo[place] ?? NOT_READ }
  })
}

type Judge = (sides: Sides | undefined, from: string, to: string) => Look

const atPrimary =
  (decide: (primary: Lineage, from: string) => Look): Judge =>
  (sides, from, to) => {
    if (sides?.from.kind !== 'known') return waiting(`not known at ${from}: ${sides?.from.reason ?? 'not read'}`)
    if (sides.to.kind !== 'known') return waiting(`not known at ${to}: ${sides.to.reason}`)
    if (sides.from.value.role !== 'primary') return blocked(`not primary at ${from}`)
    if (sides.to.value.role === 'primary') return blocked('primary at both sites: choose the good copy first')
    return decide(sides.from.value, from)
  }

const JUDGED: Readonly<Record<Exclude<SingleVerb, 'promote' | 'demote' | 'disable'>, Judge>> = {
  snapshot: atPrimary(({ mode }) =>
    mode === 'snapshot'
      ? done('')
      : blocked('in journal mode every write is carried by itself: there is no snapshot to take'),
  ),
  flatten: atPrimary(({ parent, mode }, from) => {
    if (parent === null) return blocked(`no clone: it has no parent at ${from}`)
    return mode === 'snapshot' ? blocked(NO_FLATTEN) : done('')
  }),
}

const PASSES: Readonly<Record<Exclude<SingleVerb, 'demote' | 'disable'>, (from: string, to: string) => string>> = {
  promote: (_, to) => `demoted at both sites, and proven to hold everything at ${to}`,
  snapshot: (from, to) => `primary at ${from} in snapshot mode, with a copy at ${to}`,
  flatten: (from, to) => `a clone in journal mode that is primary at ${from}, with a copy at ${to}`,
}

/** The run's own proof, and one that is primary already has nothing to be promoted. */
async function promotable(
  members: readonly ImageMember[],
  sides: readonly Sides[],
  { from, to }: { readonly from: string; readonly to: string },
  plan: ReturnType<typeof compileSingleVerb>,
  deps: PrepareDeps,
): Promise<readonly Look[]> {
  const context = contextOf(plan, deps)
  const records = asRecords(members)
  const subjects = members.map((member) => ({ member, memo: {} }))
  const [proofs, parents, marks] = await Promise.all([
    look('prove', records, context),
    outsideParents(subjects, context),
    peerMarks(subjects, context),
  ])
  return members.map((member, index): Look => {
    const side = sides[index]
    if (side?.from.kind === 'known' && side.from.value.role === 'primary')
      return blocked(`primary at ${from}: what takes its role from there is a failover`)
    if (side?.to.kind === 'known' && side.to.value.role === 'primary') return blocked(`primary at ${to} already`)
    const proof = proofs[index] ?? waiting('not read')
    const parent = judgeParents(parents.get(member.key), context, judgeStatus)
    if (proof.kind === 'done' && parent !== null) return parent
    if (proof.kind !== 'waiting' || side === undefined) return proof
    // Only where that is proven too: of two terms the older one would be promoted over the newer.
    const back = mayPromote(side.to, side.from, turned(marks(member))).kind === 'proven'
    return blocked(
      `${proof.reason}: ${back ? `promote it at ${from}, where it was demoted` : `nor is it proven at ${from}. Compare both sides, and promote neither by hand`}`,
    )
  })
}

/** None of these changes a role, so a clone family is not torn apart by one that stays behind. */
const stopEach = (members: readonly ImageMember[], looks: readonly Look[]): ReadonlyMap<string, string> =>
  new Map(
    members.flatMap(({ key }, index) => {
      const one = looks[index]
      return one?.kind === 'done'
        ? []
        : [[key, one !== undefined && 'reason' in one ? one.reason : 'not read'] as const]
    }),
  )

/** A promotion by proof loses nothing; what it rests on stands beside each image. */
function promotedLedger(
  candidates: PrepareInput['candidates'],
  images: readonly ImageMember[],
  members: readonly ImageMember[],
  looks: readonly Look[],
  at: number,
  setAside: Ledger['setAside'],
): Ledger {
  const objective = new Map(candidates.map(({ key, objectiveSec }) => [key, objectiveSec]))
  const proof = new Map(members.map(({ key }, index) => [key, looks[index]]))
  const rows = images.map(({ key, image, sizeBytes }): LedgerRow => {
    const one = proof.get(key)
    const text = one?.kind === 'done' ? one.proof : ''
    return { key, image, sizeBytes, heldUntilAt: at, grade: 'measured', text, objectiveSec: objective.get(key) ?? 0 }
  })
  return { at, rows, setAside }
}

/** What a flatten costs is said before: what was shared is there twice, at both sites. */
function room(verb: SingleVerb, images: readonly ImageMember[]): readonly Finding[] {
  if (verb !== 'flatten' || images.length === 0) return []
  const bytes = images.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
  return [
    {
      severity: 'warns',
      check: 'room',
      title: `At most ${(bytes / 2 ** 30).toFixed(1)} GiB more are used, at each site`,
      evidence: 'what a clone has from its parent is copied into it; sizes are what was provisioned',
      remedy: 'Look at the room left in the pools first. It cannot be taken back.',
      command: '',
      keys: [],
    },
  ]
}
