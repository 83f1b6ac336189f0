import { FENCE_WORDS, fenceVerdict, type Probe, writesEndAt } from '@/lib/domain/fencing'
import type { Fence, Finding, ImageMember, Outage, Plan } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import { look } from '@/lib/engine/look'
import { contextOf } from '@/lib/engine/step'
import { probesOf } from '@/lib/engine/steps/see-silence'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import { imageFindings } from './findings'
import { compileForcedFailover } from './forced-failover'
import { unlessHollow, whatIsLeft } from './hollow-looks'
import { parentsInError, parentsOf, unlessParentHollow } from './parent-looks'
import type { Compilation } from './planned-failover'
import type { PrepareInput } from './prepare'
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

export interface ForcedInput extends PrepareInput {
  readonly fence: Fence
  /** Last time that anything at the site answered, and whether it is silent now. Epoch milliseconds. */
  readonly lastHeardAt: number | null
  readonly silent: boolean
  readonly monAddresses: readonly string[]
  /** As they were last read at the lost site. */
  readonly schedules: readonly SnapshotSchedule[]
}

/** What a failover by force would find, lose and run. Looks at both sites afresh, as far as they answer; changes nothing. */
export async function prepareForcedFailover(
  input: ForcedInput,
  deps: PrepareDeps,
  compile: (asked: Compilation & { readonly outage: Outage }) => Plan = compileForcedFailover,
): Promise<Prepared> {
  const { from, to, options, candidates, fence, monAddresses } = input
  const specs = candidates.map(({ image }) => image)
  const pools = [...new Set(specs.map(({ pool }) => pool))].sort()
  const outage: Outage = { fence, lastHeardAt: input.silent ? input.lastHeardAt : null, monAddresses }
  const [atTo, probes] = await Promise.all([
    deps.mirror(to).lineages(specs),
    probesOf(from, to, pools, monAddresses, deps.mirror),
  ])
  const at = deps.clock.now()
  const { members, setAside } = membersOf(candidates, atTo, to, input.childrenOutside)
  const compiled = (images: readonly ImageMember[], wholePools: ReadonlySet<string>) =>
    compile({ from, to, options, images, schedules: input.schedules, wholePools, outage })
  const context = contextOf(compiled(members, new Set()), deps)
  const copies = await look('check-copy', asRecords(members), context)
  const parents = await parentsOf(members, context)
  const own = unlessHollow(members, copies, candidates, atTo, whatIsLeft(from, to))
  const looks = unlessParentHollow(members, own, parents, input.hollow, to)
  const stopped = stopFamilies(members, looks)
  setAside.push(...asideOf(members, stopped))
  const images = members.filter(({ key }) => !stopped.has(key))
  const none = candidates.map(() => ({ kind: 'unknown' as const, reason: 'the site is lost' }))
  const rows = await ledgerOf(candidates, images, setAside, none, atTo, at, deps)
  const ledger = { ...rows, outage: { lastHeardAt: input.lastHeardAt, endAt: writesEndAt(fence) } }
  const findings = [
    silenceFinding(from, fence, probes, input.lastHeardAt),
    ...fenceFindings(from, fence),
    ...imageFindings(
      members,
      looks,
      from,
      to,
      `a whole copy is at ${to}, and nobody answers as primary`,
      `each copy at ${to} read just now`,
    ),
    ...parentsInError(images, parents, to),
    ...unknownFindings(rows.rows.filter(({ heldUntilAt }) => heldUntilAt === null).map(({ key }) => key)),
    afterwards(from, to),
  ]
  const refusal = refuse(candidates.length, images.length, setAside, options, findings)
  return {
    at,
    plan: refusal === null ? compiled(images, wholePoolsOf(images, input.primariesByPool)) : null,
    refusal,
    findings,
    ledger,
  }
}

const base = { remedy: '', command: '', keys: [] } as const

function silenceFinding(from: SiteName, fence: Fence, probes: readonly Probe[], lastHeardAt: number | null): Finding {
  const verdict = fenceVerdict(fence, probes)
  const heard =
    lastHeardAt === null ? 'never' : `at ${new Date(lastHeardAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const seen = probes.map((probe) => `from ${probe.from}: ${probe.text}`).join('; ')
  const evidence = `${seen}; last heard by this console: ${heard}`
  if (verdict.kind === 'silent') {
    const places = probes.filter(({ tried }) => tried).length
    const title = `${from} is silent, seen from ${places > 1 ? 'two places' : 'one place'}`
    if (places > 1) return { ...base, check: 'silence', severity: 'pass', title, evidence }
    const remedy = `That it is lost rests on what you have declared. Make sure that no client writes there.`
    return { ...base, check: 'silence', severity: 'warns', title, evidence, remedy }
  }
  if (verdict.kind === 'declared') {
    const lives = probes.some(({ answered }) => answered) ? 'a part of it still answers' : 'its hosts still live'
    const title = `${from} is fenced as declared, and ${lives}`
    return {
      ...base,
      check: 'silence',
      severity: 'warns',
      title,
      evidence,
      remedy: `Its OSDs and clients may live too, and write on. See for yourself that they are fenced (where its monitors answer each client's address is on its blocklist), and agree to it before the start.`,
      command: 'ceph osd blocklist ls',
      consent: 'fence-answers',
    }
  }
  const title = verdict.kind === 'alive' ? `${from} still answers` : `Whether ${from} is dead was not seen twice`
  return { ...base, check: 'silence', severity: 'blocks', title, evidence, remedy: verdict.reason }
}

function fenceFindings(from: SiteName, fence: Fence): readonly Finding[] {
  if (fence.kind !== 'not-proven') {
    const title = `${from} is fenced: ${FENCE_WORDS[fence.kind]}`
    const evidence = `declared${fence.note === '' ? '' : `: ${fence.note}`}; what can be seen from outside was looked at`
    if (fence.kind === 'power') return [{ ...base, check: 'fence', severity: 'pass', title, evidence }]
    const remedy = 'Clients inside the site may still write there: the claim of loss goes on until its power is off.'
    return [{ ...base, check: 'fence', severity: 'warns', title, evidence, remedy }]
  }
  return [
    {
      ...base,
      check: 'fence',
      severity: 'warns' as const,
      title: `Nothing is proven to fence ${from}`,
      evidence: 'silent is not dead: its clients may go on writing, and what they write will be lost',
      remedy: 'Cut its power or its network, and say so. Until then the claim of loss grows with each second.',
    },
  ]
}

function unknownFindings(keys: readonly string[]): readonly Finding[] {
  if (keys.length === 0) return []
  return [
    {
      check: 'exposure',
      severity: 'unknown',
      title: `What ${keys.length} copies hold, and whether they are whole, is not known`,
      evidence: 'nothing was read of them while the primary lived that would show it',
      remedy:
        'They are promoted as they are, and may be half an image. Leave them out, or open and check each afterwards.',
      command: '',
      keys,
    },
  ]
}

/** Seen on the lab: rbd-mirror hangs on a peer that died, and the promoted images stand as stopping_replay until it is back. */
const afterwards = (from: SiteName, to: SiteName): Finding => ({
  ...base,
  check: 'afterwards',
  severity: 'warns',
  title: `The images are unprotected afterwards, until a copy follows them again`,
  evidence: `rbd-mirror at ${to} hangs on a dead peer (stopping_replay); the promotion itself does not need it`,
  remedy: `If a promotion hangs, stop rbd-mirror at ${to}. When ${from} is back, start it again there and protect the images again. If ${from} is rebuilt empty, rbd-mirror at ${to} deletes copies there that were not promoted: stop it before.`,
})
