import type { Volume } from '@/lib/domain/cloud'
import { isTakenAlong } from '@/lib/domain/cloud-ghosts'
import { WAY_BACK } from '@/lib/domain/cloud-place'
import type { BackendMember, ServerMember, VolumeMember } from '@/lib/domain/cloud-plan'
import { inTheWay, standOf, volumeText } from '@/lib/domain/host-volumes'
import type { Finding } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import type { CinderGround, Former, ServerProblem } from './cinder-ground'
import type { MovingGroup } from './group-findings'
import { PAST_WAY, pastFindings } from './past-cinder-findings'

/** What has to be agreed to before volumes that only the site which is left has are left there. */
const STRANDED_CONSENT = 'stranded-volumes'
/** What has to be agreed to before volumes without replication are put in `error`. */
export const SPOILED_CONSENT = 'spoiled-volumes'

const WHOLE =
  'failover_host takes every volume of the host. Ways out: fail over the whole backend; give each group a backend of its own; or take the rest out of Cinder and adopt it elsewhere.'

const named = (volumes: readonly Pick<Volume, 'id' | 'name'>[], most = 3): string =>
  [
    ...volumes.slice(0, most).map(volumeText),
    ...(volumes.length > most ? [`and ${volumes.length - most} more`] : []),
  ].join(', ')

const count = (many: number, one: string): string => `${many} ${one}${many === 1 ? '' : 's'}`

interface Found {
  readonly ground: CinderGround
  readonly backend: BackendMember
  readonly servers: readonly ServerMember[]
  readonly problems: readonly ServerProblem[]
  readonly volumes: readonly VolumeMember[]
  /** Replicated volumes whose image is not known to be mirrored between the two sites. */
  readonly unmirrored: readonly Volume[]
  /** Ids that were chosen; null: the whole backend. */
  readonly only: ReadonlySet<string> | null
  readonly from: SiteName
  readonly to: SiteName
  readonly former: Former
  readonly way: 'planned' | 'forced'
  /** The group that the volumes were chosen by; null where they were not. */
  readonly group: MovingGroup | null
}

/** What of Cinder and Nova is in the way of a failover of the backend, worst first. */
export function cinderFindings(found: Found): readonly Finding[] {
  return [
    ...serviceFindings(found),
    ...selectionFindings(found),
    ...volumeFindings(found),
    ...spoiledFindings(found),
    ...serverFindings(found),
    ...thirdPlace(found),
  ]
}

/** The controller is a third place: silence was not seen from there. */
const thirdPlace = ({ way, from, to, backend }: Found): readonly Finding[] =>
  way === 'planned'
    ? []
    : [
        {
          ...base,
          severity: 'warns',
          title: `Whether cinder-volume of ${backend.host} reaches ${from} is not seen from here`,
          evidence: 'this console and the other site were asked; the controller is another place',
          remedy: `Where it does, Cinder demotes at ${from} what it can, and promotes at ${to} without force: with the link cut that is refused, and the volumes end in error, primary nowhere. Cut the controller off ${from} as well.`,
        },
      ]

const base = { check: 'cinder', command: '', keys: [] } as const

function serviceFindings(found: Found): readonly Finding[] {
  const { backend, to, way } = found
  const { service } = found.ground
  if (backend.past !== undefined) return pastFindings(service, backend, to)
  const command = `openstack volume service list --service cinder-volume --host ${backend.host} --long`
  const stand = standOf(service, backend.target, backend.activeBefore)
  const said = `replication ${service.replicationStatus}, active backend ${service.activeBackendId ?? 'the first'}, ${service.state}, ${service.frozen ? 'frozen' : 'not frozen'}`
  if (stand.kind === 'after')
    return [
      {
        ...{ ...base, command, severity: 'blocks', title: `${backend.host} serves from ${to} already`, evidence: said },
        remedy: 'Called again Cinder would demote and promote there once more, so it is refused.',
      },
    ]
  if (stand.kind !== 'before') {
    const past = way === 'forced' && service.state === 'down' && service.activeBackendId === backend.activeBefore
    const remedy = past ? PAST_WAY : 'Then look again.'
    return [{ ...base, command, severity: 'blocks', title: stand.text, evidence: said, remedy }]
  }
  if (service.frozen)
    return [
      {
        ...{ ...base, command, severity: 'blocks', title: `${backend.host} is frozen already`, evidence: said },
        remedy: `Whoever froze it has a reason. Then: cinder thaw-host ${backend.host}`,
      },
    ]
  return [
    { ...base, command, severity: 'pass', title: `${backend.host} can be failed over`, evidence: said, remedy: '' },
  ]
}

/** Part of a backend cannot go: what is left out Cinder would promote by force, primary as it is. */
function selectionFindings({ ground, only, backend, group }: Found): readonly Finding[] {
  if (only === null) return []
  const rest = ground.volumes.filter((volume) => isTakenAlong(volume) && !only.has(volume.id))
  if (rest.length === 0) return []
  return [
    {
      ...base,
      severity: 'blocks',
      title: `${count(rest.length, 'replicated volume')} of ${backend.host} ${rest.length === 1 ? 'is' : 'are'} not in ${group === null ? 'the choice' : `group ${group.name}`}`,
      evidence: named(rest),
      remedy:
        group?.stanza == null
          ? WHOLE
          : `${WHOLE} A backend of its own for ${group.name} would be the lines below. ${group.stanzaWords}.`,
      command: group?.stanza?.join('\n') ?? '',
    },
  ]
}

function volumeFindings({ ground, volumes, unmirrored, way }: Found): readonly Finding[] {
  const plans = new Map(volumes.map(({ id, replicated }) => [id, replicated]))
  const byReason = new Map<string, Volume[]>()
  for (const { volume, reason } of inTheWay(ground.volumes, ground.service, plans, way))
    byReason.set(reason, [...(byReason.get(reason) ?? []), volume])
  const found = [...byReason].map(
    ([reason, mine]): Finding => ({
      ...base,
      severity: 'blocks',
      title: `${count(mine.length, 'volume')} in the way: ${reason}`,
      evidence: named(mine),
      remedy: `One is enough for Cinder to force others into a split-brain while it reports success. Wait for what is being worked on; delete what has no image (openstack volume delete ${mine[0]?.id}); what has one is retyped, or taken out of Cinder (cinder unmanage ${mine[0]?.id}).`,
      command: `openstack volume show ${mine[0]?.id}`,
    }),
  )
  if (unmirrored.length === 0) return found
  return [
    ...found,
    {
      ...base,
      severity: 'blocks',
      title: `${count(unmirrored.length, 'replicated volume')} without a mirrored image that is known`,
      evidence: named(unmirrored),
      remedy: `Look at the image of each at both sites (volume-ID in the backend's pool). One made a moment ago is read within a minute: look again.`,
    },
  ]
}

function spoiledFindings({ volumes, backend, to, from, former }: Found): readonly Finding[] {
  const plain = volumes.filter(({ replicated }) => !replicated)
  if (backend.target === WAY_BACK)
    return strandedFindings(
      plain.filter(({ id }) => !former.has(id)),
      from,
      to,
    )
  if (plain.length === 0) return []
  const snapshots = plain.reduce((sum, one) => sum + one.snapshots.length, 0)
  return [
    {
      ...base,
      severity: 'warns',
      title: `${count(plain.length, 'volume')} without replication ${plain.length === 1 ? 'goes' : 'go'} into error${snapshots === 0 ? '' : `, with ${count(snapshots, 'snapshot')}`}`,
      evidence: named(plain, 10),
      remedy: `Cinder does that to each, and the failback does not undo it. Their data stays where it is and cannot be used through Cinder while ${to} serves. Their statuses are in the run, and are put back at the failback.`,
      keys: plain.map(({ key }) => key),
      consent: SPOILED_CONSENT,
    },
  ]
}

/** Without replication, and not known from before the failover: made there, they have no image where Cinder looks afterwards. */
function strandedFindings(plain: readonly VolumeMember[], from: SiteName, to: SiteName): readonly Finding[] {
  if (plain.length === 0) return []
  return [
    {
      ...base,
      severity: 'warns',
      title: `${count(plain.length, 'volume')} without replication may be at ${from} alone`,
      evidence: named(plain, 10),
      remedy: `No run of this console knows ${plain.length === 1 ? 'it' : 'them'} from before the failover. What was made at ${from} stays there, and Cinder says available of it at ${to}, where it has no image: retype it to a replicated type first, or copy it.`,
      keys: plain.map(({ key }) => key),
      consent: STRANDED_CONSENT,
    },
  ]
}

function serverFindings({ servers, problems }: Found): readonly Finding[] {
  const blocked = problems.map(
    ({ server, reason }): Finding => ({
      ...base,
      check: 'servers',
      severity: 'blocks',
      title: `Server ${server.name} cannot go along`,
      evidence: reason,
      remedy: 'Then look again.',
      command: `openstack server show ${server.id}`,
    }),
  )
  const running = servers.filter(({ wasRunning }) => wasRunning).length
  const title =
    servers.length === 0
      ? 'No server uses a replicated volume of it'
      : `${count(servers.length, 'server')} ${servers.length === 1 ? 'uses' : 'use'} its volumes: ${running} running, stopped and started by the run`
  return [
    ...blocked,
    {
      ...{ ...base, check: 'servers', severity: 'pass', title, remedy: '' },
      evidence: servers.length === 0 ? 'attachments read just now' : `boot order: ${orderText(servers)}`,
    },
  ]
}

function orderText(servers: readonly ServerMember[]): string {
  const orders = [...new Set(servers.map(({ bootOrder }) => bootOrder))].sort((a, b) => a - b)
  return orders
    .map((order) => {
      const mine = servers.filter(({ bootOrder }) => bootOrder === order).map(({ name }) => name)
      return mine.length > 3 ? `${mine.slice(0, 3).join(', ')} and ${mine.length - 3} more` : mine.join(', ')
    })
    .join(' → ')
}
