import { type ImageMember, memberName } from '@/lib/domain/plan'
import type { ChangeRow, PoolMember, TakeDownPart } from '@/lib/domain/set-up'
import { imageId, pairOf, type SiteName, specText } from '@/lib/domain/words'
import type { PoolImage, PoolMirroring, SnapshotSchedule } from '@/lib/ports/mirror'
import { dataFindings } from './data-findings'
import { type Chosen, families } from './families'
import { type Ground, type GroundDeps, readGround } from './ground'
import { keptScheduleFindings, livedBy } from './kept-schedules'
import type { PreparedChange } from './prepare-set-up'
import { poolMembers, poolSchedule } from './set-up'
import { sharedFindings } from './shared-primary'
import { compileTakeDown, type TakeDownInput } from './take-down'
import {
  copyFindings,
  leftFeatureFindings,
  leftFindings,
  leftUserFindings,
  missingFindings,
  partFindings,
  takeDownAsideFindings,
} from './take-down-findings'

/**
 * What taking this down would find, delete and run. `apart`: why each image that a person keeps on both sides stays as it
 * is, by its key. Looks at both sites afresh; changes nothing. Throws AdapterError.
 */
export async function prepareTakeDown(
  input: TakeDownInput,
  deps: GroundDeps,
  apart: ReadonlyMap<string, string>,
): Promise<PreparedChange> {
  const { from, to, part } = input
  const ground = await readGround(from, to, deps)
  const pools = input.pools.filter((pool) => ground.from.pools.includes(pool) && ground.to.pools.includes(pool))
  const [here, there, ...schedules] = await Promise.all([
    poolImages(from, pools, deps),
    poolImages(to, pools, deps),
    deps.mirror(from).schedules(),
    deps.mirror(to).schedules(),
  ])
  const at = deps.clock.now()
  const images = part === 'all' || part === 'images'
  const { members, setAside, changes } = images
    ? imagesToEnd(here, there, ground, apart)
    : { members: [], setAside: [], changes: [] }
  const listed = part === 'peers' ? [] : schedulesOf(pools, [from, to], schedules)
  // Where schedules alone were chosen, what lives by them is what the choice is about.
  const kept = part === 'images' ? livedBy(listed, { [from]: here, [to]: there }, members) : new Map<string, string>()
  const standing = listed.filter(({ key }) => !kept.has(key))
  const ends = part === 'all' || part === 'peers' ? pools.flatMap((pool) => endsOf(pool, input, ground)) : []
  const mirrorings = images ? pools.map((pool) => ground.now(from, pool)) : []
  const registered = mirrorings.flatMap((read) => (read.kind === 'known' ? [read.value] : []))
  const findings = [
    ...(members.length > 0 ? sharedFindings(registered, from, to) : []),
    ...(members.length > 0 ? await dataFindings(from, to, deps.mirror) : []),
    ...missingFindings(input, pools),
    ...leftFindings(input, here, there, setAside),
    ...copyFindings(members, there, input),
    ...takeDownAsideFindings(setAside),
    ...keptScheduleFindings(listed, kept),
    ...partFindings(part),
    ...leftUserFindings(part, [ground.from, ground.to]),
    ...leftFeatureFindings(members),
  ]
  const blocked = findings.find(({ severity, keys }) => severity === 'blocks' && keys.length === 0)
  const nothing = members.length + standing.length + ends.length === 0
  const refusal =
    blocked !== undefined
      ? `${blocked.title}: ${blocked.evidence}. ${blocked.remedy}`
      : nothing
        ? 'There is nothing of this to take down in these pools.'
        : null
  const plan =
    refusal === null ? compileTakeDown({ from, to, part, pools: ends, images: members, schedules: standing }) : null
  return {
    ...{ at, plan, refusal, findings, setAside, withoutDaemon: [] },
    changes: [...changes, ...standing.map(scheduleRow), ...ends.flatMap((member) => endRows(member, part, ground))],
  }
}

const poolImages = async (
  site: SiteName,
  pools: readonly string[],
  { mirror }: GroundDeps,
): Promise<readonly PoolImage[]> => (await Promise.all(pools.map((pool) => mirror(site).poolImages(pool)))).flat()

/** Images that are primary where they are kept; what is primary at the other site would lose its primary. */
function imagesToEnd(
  here: readonly PoolImage[],
  there: readonly PoolImage[],
  { from, to, now }: Ground,
  apart: ReadonlyMap<string, string>,
) {
  const pair = pairOf(from.site, to.site)
  const copies = new Map(there.flatMap((one) => (one.mirrored === null ? [] : [[one.mirrored.globalId, one] as const])))
  const setAside: { key: string; name: string; reason: string }[] = []
  const chosen = here.flatMap((one): readonly Chosen[] => {
    if (one.mirrored === null) return []
    const { globalId, mode, role } = one.mirrored
    const key = imageId({ pair, ...one.spec, globalId })
    const name = specText(one.spec)
    const copy = copies.get(globalId)
    const reason =
      apart.get(key) ??
      (role !== 'primary'
        ? `its primary is at ${to.site}: take it down from there, or fail it back first`
        : copy?.mirrored?.role === 'primary'
          ? 'primary at both sites: choose the good copy first'
          : null)
    if (reason !== null) setAside.push({ key, name, reason })
    return reason === null
      ? [{ key, image: one.spec, globalId, mode, parent: one.parent, sizeBytes: one.sizeBytes }]
      : []
  })
  const poolMode = (pool: string) => {
    const read = now(from.site, pool)
    return read.kind === 'known' && read.value.mode === 'pool' ? 'pool' : 'image'
  }
  const members = families(chosen, new Map()).members.map(
    (member): ImageMember => ({ ...member, poolMode: poolMode(member.image.pool) }),
  )
  const changes = members.map((member): ChangeRow => {
    const copy = copies.get(member.globalId)
    return {
      ...{ key: member.key, name: memberName(member), before: `mirrored, ${member.mode}`, sizeBytes: member.sizeBytes },
      after: `kept at ${from.site}, mirrored no more`,
      cost: copy === undefined ? `no copy is at ${to.site}` : `its copy at ${to.site} is deleted`,
      effect: copy === undefined ? 'changes' : 'deletes',
    }
  })
  return { members, setAside, changes }
}

/**
 * Those of the pools and of their images, at both sites: a schedule stays behind at an old primary (ceph-facts 11). Those of
 * namespaces are of images that are not read here, and stay.
 */
const schedulesOf = (
  pools: readonly string[],
  sites: readonly SiteName[],
  listed: readonly (readonly SnapshotSchedule[])[],
) =>
  sites.flatMap((site, index) =>
    (listed[index] ?? []).flatMap((one) => {
      if (one.pool === null || !pools.includes(one.pool) || (one.namespace ?? '') !== '') return []
      const member = poolSchedule(one.pool, one.image, one.interval, site, one.startTime)
      return [{ ...member, key: `${member.key}@${site}` }]
    }),
  )

const scheduleRow = ({ key, pool, image, interval, site = '' }: ReturnType<typeof schedulesOf>[number]): ChangeRow => ({
  ...{ key, name: `schedule of ${image === null ? `pool ${pool}` : `${pool}/${image}`} at ${site}`, sizeBytes: null },
  ...{
    before: `every ${interval}`,
    after: 'none',
    cost: 'copies in snapshot mode age from then on',
    effect: 'changes',
  },
})

/** Both ends of a pool's mirroring, with the peers that go. */
function endsOf(pool: string, { from, to }: TakeDownInput, ground: Ground): readonly PoolMember[] {
  const names = { [from]: ground.from.siteName, [to]: ground.to.siteName }
  return poolMembers({ from, to }, pool, 'image', 'one-way', { kind: 'token' }, names).flatMap((member) => {
    const read = ground.now(member.site, pool)
    if (read.kind === 'known' && read.value.mode === 'disabled') return []
    const peers = read.kind === 'known' ? peersOf(read.value, member.otherName) : []
    return [{ ...member, peer: null, peerUuids: peers.map(({ uuid }) => uuid) }]
  })
}

const peersOf = ({ peers }: PoolMirroring, other: string) => peers.filter(({ siteName }) => siteName === other)

function endRows(member: PoolMember, part: TakeDownPart, { now }: Ground): readonly ChangeRow[] {
  const { key, pool, site, other, peerUuids } = member
  const read = now(site, pool)
  const mode = read.kind === 'known' ? `mirrored, ${read.value.mode} mode` : 'not known'
  const peer: ChangeRow = {
    ...{ key: `${key}/peer`, name: `peer of pool ${pool} at ${site}`, sizeBytes: null },
    ...{ before: peerUuids.length > 0 ? `knows ${other}` : 'none', after: 'none' },
    ...{
      cost: peerUuids.length > 0 ? `${site} pulls nothing of ${other} any more` : '',
      effect: peerUuids.length > 0 ? 'changes' : 'done',
    },
  }
  if (part === 'peers') return [peer]
  return [
    peer,
    {
      key,
      name: `pool ${pool} at ${site}`,
      before: mode,
      after: 'not mirrored',
      cost: '',
      sizeBytes: null,
      effect: 'changes',
    },
  ]
}
