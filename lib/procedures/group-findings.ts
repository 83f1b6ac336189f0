import { MARK_WORDS, type Mark, type Member, thingText } from '@/lib/domain/group'
import { type BackendShare, shareText } from '@/lib/domain/group-backends'
import { type Conflict, conflictText } from '@/lib/domain/group-conflicts'
import { type Cut, cutText } from '@/lib/domain/group-members'
import type { Finding } from '@/lib/domain/plan'

/** What has to be agreed to before members go along that are marked as not meant to. */
const MARKED_CONSENT = 'marked-members'

/** A group as it was found right before its failover. */
export interface MovingGroup {
  readonly name: string
  readonly members: readonly Member[]
  readonly cuts: readonly Cut[]
  /** Those that it is part of. */
  readonly conflicts: readonly Conflict[]
  /** Of each backend that it has volumes on. */
  readonly shares: readonly BackendShare[]
  /** Lines of cinder.conf for a backend of its own; null where they cannot be told. */
  readonly stanza: readonly string[] | null
  readonly stanzaWords: string
  /** By server, the stage that it starts in; null: the group has none. */
  readonly stages: ReadonlyMap<string, number> | null
}

interface Found {
  readonly group: MovingGroup
  /** Without a pool: the one that is to go. */
  readonly host: string
  /** Ids of servers and of replicated volumes that go along. */
  readonly moving: ReadonlySet<string>
  readonly way: 'planned' | 'forced'
}

const base = { check: 'group', command: '', keys: [] } as const
const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** What of a group is in the way of its failover, or goes along against its marks. */
export function groupFindings(found: Found): readonly Finding[] {
  const { group } = found
  return [
    ...conflictFindings(group),
    ...cutFindings(group),
    ...backendFindings(found),
    ...markFindings(found),
    {
      ...{ ...base, severity: 'pass', remedy: '' },
      title: `Group ${group.name} was found afresh`,
      evidence: membersText(group.members),
    },
  ]
}

const membersText = (members: readonly Member[]): string => {
  const count = (kind: Member['kind']) => members.filter((one) => one.kind === kind).length
  return `${many(count('server'), 'server')} and ${many(count('volume'), 'volume')} now`
}

function conflictFindings({ name, conflicts }: MovingGroup): readonly Finding[] {
  if (conflicts.length === 0) return []
  return [
    {
      ...{ ...base, severity: 'blocks' },
      title: `Group ${name} has members that another group has too`,
      evidence: conflictText(conflicts),
      remedy: 'Change one of the groups, then look again.',
    },
  ]
}

function cutFindings({ name, cuts }: MovingGroup): readonly Finding[] {
  const [first] = cuts
  if (first === undefined) return []
  return [
    {
      ...{ ...base, severity: 'blocks' },
      title: `Group ${name} is cut in ${many(cuts.length, 'place')}`,
      evidence: cutText(first),
      remedy: 'Change the group, or detach what is not to move.',
    },
  ]
}

function backendFindings({ group: { name, shares }, host }: Found): readonly Finding[] {
  const mine = shares.filter(({ inGroup }) => inGroup > 0)
  const command = 'openstack volume list --all-projects --long'
  if (!mine.some((share) => share.host === host))
    return [
      {
        ...{ ...base, command, severity: 'blocks', title: `Group ${name} has no replicated volume on ${host}` },
        evidence:
          mine.length === 0 ? 'none of its volumes is replicated' : `it is on ${mine.map(shareText).join(', ')}`,
        remedy: 'Choose the backend that it is on.',
      },
    ]
  if (mine.length === 1) return []
  return [
    {
      ...{ ...base, command, severity: 'blocks', title: `Group ${name} is on ${mine.length} backends` },
      evidence: mine.map(shareText).join(', '),
      remedy: `failover_host moves one backend: the group would be cut. Bring its volumes to one backend, or make a group for each.`,
    },
  ]
}

/** Cinder asks no mark: what is on the backend and replicated goes. */
function markFindings({ group: { members }, host, moving, way }: Found): readonly Finding[] {
  const against: readonly Mark[] = way === 'planned' ? ['recover-only', 'replicates-itself'] : ['replicates-itself']
  return against.flatMap((mark): readonly Finding[] => {
    const marked = members.filter((member) => member.mark === mark && moving.has(member.id))
    if (marked.length === 0) return []
    const named = marked.slice(0, 3).map(thingText)
    const rest = marked.length > named.length ? ` and ${marked.length - named.length} more` : ''
    return [
      {
        ...{ ...base, severity: 'warns' },
        title: `${many(marked.length, 'member')} marked “${MARK_WORDS[mark]}” ${marked.length === 1 ? 'goes' : 'go'} along`,
        evidence: `${named.join(', ')}${rest}: on ${host} and replicated, and failover_host takes every replicated volume of it; their servers are stopped and started with the others`,
        remedy:
          'To leave them where they are, first move their volumes to another backend, or retype them to a type that is not replicated.',
        keys: [],
        consent: MARKED_CONSENT,
      },
    ]
  })
}
