import type { VolumeStanding } from './cloud-exposure'
import type { Mark } from './group'
import { type BackendStand, standText } from './group-backends'
import { type Conflict, conflictText } from './group-conflicts'

/** One volume of a group as it stands now. */
export interface StandingMember {
  readonly id: string
  readonly name: string
  readonly mark: Mark | null
  readonly standing: VolumeStanding
}

interface Named {
  readonly name: string
  readonly why: string
}

/** How the copies of a group stand, counted in one pass. Volumes that replicate themselves are counted apart. */
export interface VolumeTally {
  readonly volumes: number
  readonly late: number
  readonly noCopy: number
  readonly unknown: number
  readonly ownReplication: number
  /** The member that holds the group back. */
  readonly oldest: { readonly id: string; readonly name: string; readonly untilAt: number } | null
  /** When the first of its members is past its objective, epoch milliseconds; null where none is known to have one. */
  readonly breachAt: number | null
  readonly firstLate: string | null
  readonly firstNoCopy: Named | null
  readonly firstUnknown: Named | null
}

const nothing: VolumeTally = {
  ...{ volumes: 0, late: 0, noCopy: 0, unknown: 0, ownReplication: 0 },
  ...{ oldest: null, breachAt: null, firstLate: null, firstNoCopy: null, firstUnknown: null },
}

/** Goes on counting from `before`; null: from nothing. `rpoSec`: of the group, null where each volume has its own. */
export function tallied(
  before: VolumeTally | null,
  members: readonly StandingMember[],
  rpoSec: number | null,
  nowMs: number,
): VolumeTally {
  const tally = { ...(before ?? nothing) }
  for (const { id, mark, standing, ...member } of members) {
    const name = member.name || id
    if (mark === 'replicates-itself') {
      tally.ownReplication++
      continue
    }
    tally.volumes++
    if (standing.kind === 'no-copy') {
      tally.noCopy++
      tally.firstNoCopy ??= { name, why: standing.why }
    } else if (standing.kind === 'unknown') {
      tally.unknown++
      tally.firstUnknown ??= { name, why: standing.why }
    } else {
      const { untilAt } = standing
      const breachAt = rpoSec === null ? standing.breachAt : untilAt + rpoSec * 1000
      if (tally.oldest === null || untilAt < tally.oldest.untilAt) tally.oldest = { id, name, untilAt }
      tally.breachAt = Math.min(tally.breachAt ?? breachAt, breachAt)
      if (breachAt < nowMs) {
        tally.late++
        tally.firstLate ??= name
      }
    }
  }
  return tally
}

export interface GroupFacts {
  readonly name: string
  readonly servers: number
  readonly tally: VolumeTally
  readonly drift: { readonly joined: number; readonly left: number }
  readonly conflicts: readonly Conflict[]
  /** Members that hang on something that is no member; the first in words. */
  readonly cuts: { readonly count: number; readonly first: string }
  readonly stand: BackendStand
  /** Volumes of its backends because of which a failover would go wrong, with the first of them in words. */
  readonly ghosts: { readonly count: number; readonly first: string }
  /** old: readings of the cloud are too old to be relied on. */
  readonly look: 'fresh' | 'old' | 'never'
}

export const READINESS = ['ready', 'not-ready', 'unknown'] as const
export type Readiness = (typeof READINESS)[number]

export interface GroupFinding {
  /** warns: it can move all the same. */
  readonly severity: 'blocks' | 'unknown' | 'warns' | 'pass'
  readonly title: string
  readonly detail: string
}

const count = (many: number, one: string): string => `${many.toLocaleString('en-US')} ${one}${many === 1 ? '' : 's'}`

/** What is in the way of a group's recovery, worst first, and what was seen to be well. */
export function groupFindings(facts: GroupFacts): readonly GroupFinding[] {
  const found = [...lookFindings(facts), ...memberFindings(facts), ...moveFindings(facts), ...copyFindings(facts)]
  return [...found].sort((a, b) => RANK[a.severity] - RANK[b.severity])
}

const RANK: Readonly<Record<GroupFinding['severity'], number>> = { blocks: 0, unknown: 1, warns: 2, pass: 3 }

/** Ready is only what nothing is in the way of and of which everything is known. */
export function readinessOf(findings: readonly GroupFinding[]): Readiness {
  if (findings.some(({ severity }) => severity === 'blocks')) return 'not-ready'
  return findings.some(({ severity }) => severity === 'unknown') ? 'unknown' : 'ready'
}

function lookFindings({ look }: GroupFacts): GroupFinding[] {
  if (look === 'fresh') return []
  const title =
    look === 'never' ? 'Its cloud has not been read yet' : 'The readings of its cloud are too old to be relied on'
  return [{ severity: 'unknown', title, detail: 'Who is in the group may be another by now' }]
}

function memberFindings({ servers, tally, conflicts, cuts, drift, look }: GroupFacts): GroupFinding[] {
  const found: GroupFinding[] = []
  if (conflicts.length > 0) {
    const title = `${count(conflicts.length, 'member')} ${conflicts.length === 1 ? 'is' : 'are'} in two groups`
    found.push({ severity: 'blocks', title, detail: conflictText(conflicts) })
  }
  if (servers + tally.volumes + tally.ownReplication === 0 && look !== 'never')
    found.push({ severity: 'blocks', title: 'Nothing is in the group', detail: 'No rule finds anything now' })
  if (cuts.count > 0)
    found.push({ severity: 'blocks', title: `The group is cut in ${count(cuts.count, 'place')}`, detail: cuts.first })
  if (drift.joined + drift.left > 0) {
    const detail = `${drift.joined} joined and ${drift.left} left since it was last accepted`
    found.push({ severity: 'warns', title: 'Its members are others than were accepted', detail })
  }
  return found
}

function moveFindings({ stand, ghosts }: GroupFacts): GroupFinding[] {
  const title = stand.kind === 'whole' ? 'It can move as a whole' : 'It cannot move by itself'
  const found: GroupFinding[] = [
    { severity: stand.kind === 'whole' ? 'pass' : 'blocks', title, detail: standText(stand) },
  ]
  if (ghosts.count > 0)
    found.push({
      severity: 'blocks',
      title: `${count(ghosts.count, 'volume')} of its backend would make a failover go wrong`,
      detail: ghosts.first,
    })
  return found
}

function copyFindings({ tally }: GroupFacts): GroupFinding[] {
  const { volumes, late, noCopy, unknown, ownReplication, firstLate, firstNoCopy, firstUnknown, oldest } = tally
  const found: GroupFinding[] = []
  if (firstNoCopy !== null)
    found.push({
      severity: 'blocks',
      title: `${count(noCopy, 'volume')} ${noCopy === 1 ? 'has' : 'have'} no copy`,
      detail: `${firstNoCopy.name}: ${firstNoCopy.why}`,
    })
  if (firstUnknown !== null)
    found.push({
      severity: 'unknown',
      title: `Of ${count(unknown, 'volume')} it is not known how ${unknown === 1 ? 'it stands' : 'they stand'}`,
      detail: `${firstUnknown.name}: ${firstUnknown.why}`,
    })
  if (firstLate !== null)
    found.push({
      severity: 'blocks',
      title: `${count(late, 'volume')} ${late === 1 ? 'is' : 'are'} behind the objective`,
      detail: `${oldest?.name ?? firstLate} holds the group back`,
    })
  if (ownReplication > 0)
    found.push({
      severity: 'warns',
      title: `${count(ownReplication, 'volume')} ${ownReplication === 1 ? 'is said to replicate itself' : 'are said to replicate themselves'}`,
      detail: 'Antipode does not see whether that is so',
    })
  if (volumes > 0 && noCopy + unknown + late === 0)
    found.push({
      severity: 'pass',
      title: `${count(volumes, 'volume')} ${volumes === 1 ? 'has its copy' : 'have their copies'} within the objective`,
      detail: oldest === null ? '' : `${oldest.name} holds the group back`,
    })
  return found
}
