import type { ImageMember, Plan, PlanMember, ScheduleMember, StepName } from '@/lib/domain/plan'
import type { PeerWay, PoolMember, WayToSee } from '@/lib/domain/set-up'
import type { SiteName } from '@/lib/domain/words'

const STEPS: Plan['steps'] = [
  {
    name: 'see-ways',
    title: 'See that each site reaches the other',
    proof: 'a monitor and every OSD take a connection from the site that gets copies',
  },
  {
    name: 'enable-pool',
    title: 'Enable mirroring of the pools, at both sites',
    proof: 'each site says so of each pool, in the mode that was chosen',
  },
  {
    name: 'add-peers',
    title: 'Let the sites know each other',
    proof: 'each site that gets copies lists the other as a peer that it pulls from',
  },
  {
    name: 'see-daemons',
    title: 'See that rbd-mirror lives',
    proof: 'each site that gets copies has an rbd-mirror for each pool, and it reports no error',
  },
  {
    name: 'enable-features',
    title: 'Enable the features that a journal needs, parents first',
    proof: 'the image has exclusive-lock and journaling',
  },
  {
    name: 'enable-mirroring',
    title: 'Enable mirroring of the images, parents first',
    proof: 'the image says primary, in the mode that was chosen',
  },
  {
    name: 'set-schedule',
    title: 'Set the snapshot schedules',
    proof: 'the schedule is listed where the primaries are',
  },
  // After the schedules: what was mirrored before it had a peer is copied with its next mirror snapshot (ceph-facts 31).
  {
    name: 'see-copy',
    title: 'See a whole copy of each, that follows',
    proof: 'the other site holds a complete snapshot, or replays the journal',
  },
  {
    name: 'see-schedule-fire',
    title: 'See the schedules fire',
    proof: 'mirror snapshots are there that are newer than the schedule',
  },
]

export interface SetUp {
  /** Where the images are. */
  readonly from: SiteName
  /** Where their copies are made. */
  readonly to: SiteName
  readonly pools: readonly PoolMember[]
  readonly images: readonly ImageMember[]
  readonly schedules: readonly ScheduleMember[]
  readonly ways: readonly WayToSee[]
}

/** Two clusters come to mirror pools and images. What is so already is looked at and left. Same input, same plan. */
export function compileSetUp({ from, to, pools, images, schedules, ways }: SetUp): Plan {
  const members: PlanMember[] = [
    { kind: 'sites', key: 'sites', family: 'sites', generation: 0, pools: names(pools) },
    ...byKey(pools),
    ...byKey(images),
    ...byKey(schedules),
  ]
  return {
    ...{ procedure: 'set-up', version: 1, from, to, options: NO_OPTIONS, ways },
    ...{ steps: STEPS.filter(({ name }) => isNeeded(name, images, schedules)), members },
  }
}

/** Of a set-up and a take-down: each member stands for itself, and no client is in the way. */
export const NO_OPTIONS = { allOrNothing: false, clients: 'wait' } as const

export const byKey = <T extends { readonly key: string }>(members: readonly T[]): readonly T[] =>
  [...members].sort((a, b) => (a.key < b.key ? -1 : 1))

export const names = (pools: readonly PoolMember[]): readonly string[] =>
  [...new Set(pools.map(({ pool }) => pool))].sort()

/** Steps that nothing in the plan would meet are not shown. */
function isNeeded(name: StepName, images: readonly ImageMember[], schedules: readonly ScheduleMember[]): boolean {
  if (name === 'enable-features') return images.some(({ mode }) => mode === 'journal')
  if (name === 'enable-mirroring' || name === 'see-copy') return images.length > 0
  if (name === 'set-schedule' || name === 'see-schedule-fire') return schedules.length > 0
  return true
}

/** How the sites get to know each other: by a token, or by hand with what each logs in as at the other. */
export type Peering =
  | { readonly kind: 'token' }
  | { readonly kind: 'by-hand'; readonly client: string; readonly monHost: Readonly<Record<SiteName, string>> }

/** The same pool at both sites. `ways`: who pulls. A token for both ways makes both peers by one import, at `to`. */
export function poolMembers(
  { from, to }: Pick<SetUp, 'from' | 'to'>,
  pool: string,
  mode: PoolMember['mode'],
  ways: 'one-way' | 'two-way',
  peering: Peering,
  /** What mirroring calls each site. */
  siteNames: Readonly<Record<SiteName, string>>,
): readonly PoolMember[] {
  const both = ways === 'two-way'
  const wayAt = (site: SiteName, other: SiteName): PeerWay | null => {
    if (peering.kind === 'token') return site === to ? { kind: 'token', direction: both ? 'rx-tx' : 'rx-only' } : null
    const monHost = peering.monHost[other] ?? ''
    return site === to || both ? { kind: 'by-hand', client: peering.client, monHost } : null
  }
  return [
    [from, to],
    [to, from],
  ].map(([site = '', other = '']) => ({
    ...({ kind: 'pool', key: `pool:${site}/${pool}`, family: `pool:${pool}`, generation: 0 } as const),
    ...{ pool, site, other, mode, peer: wayAt(site, other), peerUuids: [] },
    ...{ siteName: siteNames[site] ?? site, otherName: siteNames[other] ?? other },
  }))
}

/** A schedule of a whole pool, where its primaries are. */
export const poolSchedule = (
  pool: string,
  image: string | null,
  interval: string,
  site: SiteName,
  startTime: string | null = null,
): ScheduleMember => ({
  ...({ kind: 'schedule', key: `schedule:${pool}/${image ?? '*'}/${interval}`, generation: 0 } as const),
  family: `schedule:${pool}/${image ?? '*'}/${interval}`,
  ...{ pool, image, interval, startTime, removeOld: false, site },
})
