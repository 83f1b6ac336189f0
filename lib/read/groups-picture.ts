import { type VolumeStanding, type WorstOf, worstOf } from '@/lib/domain/cloud-exposure'
import type { Mark } from '@/lib/domain/group'
import { type BackendShare, standOnBackends } from '@/lib/domain/group-backends'
import { type Conflict, conflictsOf } from '@/lib/domain/group-conflicts'
import { type StandingMember, tallied, type VolumeTally } from '@/lib/domain/group-readiness'
import { breath } from '@/lib/ports/slices'
import type { Store } from '@/lib/store/database'
import { loadGroups, type StoredGroup } from '@/lib/store/groups'
import { type FoundCuts, foundCuts } from './group-cuts'
import { isTakenStatus, restOf, takenByBackend } from './group-shares'
import { keptFor } from './kept-for'
import type { Moment } from './moment'
import { standingsOf } from './volume-standings'

/** A volume is read with its image and that one's parent: so many in one go. */
const STEP = 500

/** How a group stands: counted once for all who look. */
export interface PicturedGroup {
  readonly group: StoredGroup
  readonly servers: number
  readonly volumes: number
  readonly tally: VolumeTally
  readonly worst: WorstOf
  readonly shares: readonly BackendShare[]
  readonly cuts: FoundCuts
  readonly conflicts: readonly Conflict[]
}

/** All groups as they stand now. `seq`: of the newest edit, after which it is made anew. */
export const groupsPicture = (store: Store, moment: Moment, seq: number): Promise<readonly PicturedGroup[]> =>
  keptFor(store, 'groups', moment.now, seq, () => makePicture(store, moment))

async function makePicture(store: Store, moment: Moment): Promise<readonly PicturedGroup[]> {
  const groups = await loadGroups(store)
  if (groups.length === 0) return []
  const taken = await takenByBackend(store)
  const members = new Map<string, readonly MemberRow[]>()
  for (const { id } of groups) members.set(id, await membersOf(store, id))
  const claims = groups.map(({ id, spec }) => ({ group: spec.name, members: members.get(id) ?? [] }))
  const conflicts = conflictsOf(claims)
  await breath()
  const pictured: PicturedGroup[] = []
  for (const group of groups) {
    const own = conflicts.filter((one) => one.groups.includes(group.spec.name))
    pictured.push(await pictureOf(store, moment, group, members.get(group.id) ?? [], own, taken))
  }
  return pictured
}

interface MemberRow {
  readonly kind: 'volume' | 'server'
  readonly id: string
  readonly name: string
  readonly mark: Mark | null
}

async function membersOf(store: Store, groupId: string): Promise<readonly MemberRow[]> {
  const found: MemberRow[] = []
  for (const kind of ['server', 'volume'] as const) {
    for (let after = ''; ; ) {
      const rows = await store
        .selectFrom('group_members')
        .select(['member_id', 'name', 'mark', 'state'])
        .where('group_id', '=', groupId)
        .where('kind', '=', kind)
        .where('member_id', '>', after)
        .orderBy('member_id')
        .limit(4 * STEP)
        .execute()
      const last = rows.at(-1)
      if (last === undefined) break
      for (const { member_id: id, name, mark, state } of rows)
        if (state !== 'left') found.push({ kind, id, name, mark: mark as Mark | null })
      after = last.member_id
      await breath()
    }
  }
  return found
}

const NOT_READ: VolumeStanding = { kind: 'unknown', why: 'the last reading of the cloud does not have it' }

async function pictureOf(
  store: Store,
  moment: Moment,
  group: StoredGroup,
  members: readonly MemberRow[],
  conflicts: readonly Conflict[],
  taken: ReadonlyMap<string, number>,
): Promise<PicturedGroup> {
  const { cloud, rpoSec } = group.spec
  const volumes = members.filter(({ kind }) => kind === 'volume')
  const standings: VolumeStanding[] = []
  const inGroup = new Map<string, number>()
  let tally = tallied(null, [], rpoSec, moment.now)
  for (let at = 0; at < volumes.length; at += STEP) {
    const some = volumes.slice(at, at + STEP)
    const now = await standingsOf(
      store,
      moment,
      cloud,
      some.map(({ id }) => id),
    )
    const standing = some.map(
      ({ id, name, mark }): StandingMember => ({ id, name, mark, standing: now.get(id)?.standing ?? NOT_READ }),
    )
    tally = tallied(tally, standing, rpoSec, moment.now)
    for (const one of standing) if (one.mark !== 'replicates-itself') standings.push(one.standing)
    for (const { backend, replicationStatus } of now.values())
      if (backend !== null && isTakenStatus(replicationStatus)) inGroup.set(backend, (inGroup.get(backend) ?? 0) + 1)
    await breath()
  }
  const worst = worstOf(standings)
  const shares: BackendShare[] = []
  for (const [host, many] of [...inGroup].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const all = Math.max(taken.get(`${cloud} ${host}`) ?? 0, many)
    const rest = all > many ? await restOf(store, group.id, cloud, host) : []
    shares.push({ host, taken: all, inGroup: many, rest })
  }
  return {
    group,
    servers: members.length - volumes.length,
    volumes: volumes.length,
    tally,
    worst: { ...worst, breachAt: tally.breachAt },
    shares,
    cuts: await foundCuts(store, group, members),
    conflicts,
  }
}

export const standOf = ({ shares }: PicturedGroup) => standOnBackends(shares)
