import type { Config } from '@/lib/config/config'
import { type Actor, actorText } from '@/lib/domain/actor'
import { worstOf } from '@/lib/domain/cloud-exposure'
import type { Mark, Reason } from '@/lib/domain/group'
import { groupFindings, readinessOf } from '@/lib/domain/group-readiness'
import { reasonText } from '@/lib/domain/group-words'
import type { Store } from '@/lib/store/database'
import { driftOf, groupNamed } from '@/lib/store/groups'
import type { CloudView } from '@/lib/views/cloud'
import { staleKind } from '@/lib/views/cloud-pulse'
import {
  type GroupLine,
  type GroupMembersPage,
  type GroupMembersRequest,
  type GroupsView,
  type GroupView,
  MEMBERS_SHOWN,
} from '@/lib/views/groups'
import { readClouds } from './clouds'
import { groupsPicture, type PicturedGroup, standOf } from './groups-picture'
import type { Moment } from './moment'
import { ReadRefusal } from './read-errors'
import { standingsOf } from './volume-standings'

const KINDS = ['volumes', 'servers'] as const
type Drift = GroupLine['drift']

/** All groups as they stand now, those that are brought back first in front. */
export async function readGroups(store: Store, config: Config, moment: Moment): Promise<GroupsView> {
  const { pictures, clouds, drift } = await readAll(store, config, moment)
  return {
    now: moment.now,
    groups: pictures.map((one) => lineOf(one, clouds, drift, moment.now).line),
    clouds: clouds.map(({ site }) => site),
    stale: clouds.filter((cloud) => staleKind(cloud, [...KINDS], moment.now) !== null).map(({ site }) => site),
  }
}

/** One group by its name. Throws ReadRefusal where there is none. */
export async function readGroup(store: Store, config: Config, name: string, moment: Moment): Promise<GroupView> {
  const { pictures, clouds, drift } = await readAll(store, config, moment)
  const found = pictures.find(({ group }) => group.spec.name.toLowerCase() === name.toLowerCase())
  if (found === undefined) throw noSuchGroup(name)
  const { line, findings } = lineOf(found, clouds, drift, moment.now)
  const { group } = found
  const stand = standOf(found)
  return {
    now: moment.now,
    line,
    version: group.version,
    spec: group.spec as GroupView['spec'],
    changedAt: group.changedAt,
    changedBy: actorText(JSON.parse(group.changedBy) as Actor),
    findings: [...findings],
    backend: stand.kind === 'whole' ? stand.host : null,
    backends: found.shares.map(({ host, taken, inGroup }) => ({ host, taken, inGroup })),
    readAt: readAtOf(clouds.find(({ site }) => site === group.spec.cloud)),
  }
}

const noSuchGroup = (name: string) =>
  new ReadRefusal(404, `there is no group ${name}`, 'it was deleted, or has another name: see the list of groups')

async function readAll(store: Store, config: Config, moment: Moment) {
  const stamp = await store
    .selectFrom('protection_groups')
    .select((e) => [e.fn.countAll<number>().as('n'), e.fn.sum<number>('version').as('v')])
    .select((e) => e.fn.sum<number>('accepted_version').as('a'))
    .executeTakeFirst()
  const seq = Number(stamp?.n ?? 0) * 1e9 + Number(stamp?.v ?? 0) * 1e4 + Number(stamp?.a ?? 0)
  const [pictures, { clouds }, drift] = await Promise.all([
    groupsPicture(store, moment, seq),
    readClouds(store, config, moment.now),
    driftOf(store),
  ])
  return { pictures, clouds, drift }
}

function lineOf(one: PicturedGroup, clouds: readonly CloudView[], drifts: ReadonlyMap<string, Drift>, now: number) {
  const { group, servers, volumes, tally, worst, conflicts, cuts } = one
  const { spec } = group
  const drift = drifts.get(group.id) ?? null
  const cloud = clouds.find(({ site }) => site === spec.cloud)
  const hosts = new Set(one.shares.map(({ host }) => host))
  const ghosts = (cloud?.report?.backends ?? []).filter(({ service }) => hosts.has(service.host))
  const first = ghosts.flatMap(({ ghosts: { list } }) => list)[0]
  const findings = groupFindings({
    ...{ name: spec.name, servers, tally, conflicts, cuts, stand: standOf(one) },
    drift: { joined: drift?.joined ?? 0, left: drift?.left ?? 0 },
    ghosts: {
      count: ghosts.reduce((sum, { ghosts: { count } }) => sum + count, 0),
      first: first === undefined ? '' : `${first.name || first.volumeId}: ${first.reasons[0]}`,
    },
    look: readAtOf(cloud) === null ? 'never' : cloud && staleKind(cloud, [...KINDS], now) === null ? 'fresh' : 'old',
  })
  const [worstFinding] = findings
  const line: GroupLine = {
    ...{ id: group.id, name: spec.name, cloud: spec.cloud, priority: spec.priority },
    ...{ rpoSec: spec.rpoSec, rtoSec: spec.rtoSec, servers, volumes, worst, drift },
    readiness: readinessOf(findings),
    why: worstFinding === undefined ? '' : worstFinding.title,
    conflicts: conflicts.length,
  }
  return { line, findings }
}

function readAtOf(cloud: CloudView | undefined): number | null {
  const times = KINDS.map((kind) => cloud?.readings.find((one) => one.kind === kind)?.observedAt ?? null)
  return times.reduce<number | null>((a, b) => (a === null || b === null ? null : Math.min(a, b)), times[0] ?? null)
}

/** One page of a group's members: servers first, by name. Throws ReadRefusal where there is no such group. */
export async function readGroupMembers(
  store: Store,
  name: string,
  { offset, show }: GroupMembersRequest,
  moment: Moment,
): Promise<GroupMembersPage> {
  const group = await groupNamed(store, name)
  if (group === null) throw noSuchGroup(name)
  const base = store
    .selectFrom('group_members')
    .where('group_id', '=', group.id)
    .$if(show === 'drift', (q) => q.where('state', 'in', ['joined', 'left']))
  const [count, rows] = await Promise.all([
    base.select((e) => e.fn.countAll<number>().as('n')).executeTakeFirst(),
    base.selectAll().orderBy('kind').orderBy('name').orderBy('member_id').offset(offset).limit(MEMBERS_SHOWN).execute(),
  ])
  const ids = rows.filter(({ kind, state }) => kind === 'volume' && state !== 'left').map((row) => row.member_id)
  const standings = ids.length === 0 ? null : await standingsOf(store, moment, group.spec.cloud, ids)
  return {
    now: moment.now,
    total: count?.n ?? 0,
    offset,
    rows: rows.map((row) => {
      const volume = row.kind === 'volume' ? standings?.get(row.member_id) : undefined
      const why = (JSON.parse(row.why) as Reason[]).map((one) => reasonText(one, group.spec.selection.rules))
      return {
        kind: row.kind as 'volume' | 'server',
        id: row.member_id,
        ...{ name: row.name, why: why.join('; '), mark: row.mark as Mark | null, stage: row.stage },
        ...{ state: row.state as 'accepted' | 'joined' | 'left', since: row.since },
        standing: volume === undefined ? null : worstOf([volume.standing]),
      }
    }),
  }
}
