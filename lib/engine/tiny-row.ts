import type { DataHealth } from '@/lib/domain/data-health'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import type { SiteName } from '@/lib/domain/words'
import type { PoolMirroring } from '@/lib/ports/mirror'
import type { TinyImage, TinyWorld } from './tiny-world'

/** What the daemon of a site says of its images. */
export function tinyRows(world: TinyWorld, site: SiteName): MirrorRow[] {
  const there = [...world.images.values()].filter((one) => one.ids.get(site) !== null && !one.unmirrored.has(site))
  world.reports++
  return there.map((one) => tinyRow(one, site, world.reports))
}

/** What it says of one; `report`: when, in whatever unit. */
export function tinyRow(
  one: Pick<TinyImage, 'image' | 'globalId' | 'mode' | 'primaryAt' | 'status'>,
  site: SiteName,
  report = 0,
): MirrorRow {
  const primary = one.primaryAt.has(site)
  return {
    name: one.image.name,
    imageId: one.image.name,
    globalId: one.globalId,
    mode: one.mode,
    role: primary ? 'primary' : 'non-primary',
    state: 'enabled',
    local: {
      up: true,
      state: primary ? 'stopped' : 'replaying',
      description: one.status,
      detail: detailOf(one.status),
      lastUpdateAt: report,
    },
    remote: [],
  }
}

const detailOf = (status: string): MirrorRow['local']['detail'] => {
  if (status === 'split-brain') return { kind: 'split-brain' }
  if (status !== 'following') return { kind: 'other' }
  return {
    kind: 'replaying-journal',
    primaryPosition: null,
    nonPrimaryPosition: null,
    entriesBehind: 0,
    bytesPerSecond: null,
  }
}

const never = () => Promise.reject(new Error('not asked for'))

/** What no run asks of a tiny world. */
export const UNASKED = {
  journalSamples: never,
  snapshotMarks: never,
  poolImages: never,
  secret: never,
  mirrorUuid: never,
}

/** Of the tag of a demotion: '' where it was made here, the mirror uuid of where it was made otherwise. */
export const wroteBefore = ({ demotedAt }: Pick<TinyImage, 'demotedAt'>, site: SiteName): string =>
  demotedAt === site ? '' : `uuid-${demotedAt}`

/** Its mirroring, with the one peer that it has. */
export const tinyPool = (pool: string, site: SiteName): PoolMirroring => {
  const siteName = site === 'west' ? 'north' : 'west'
  const peer = {
    uuid: 'u',
    direction: 'rx-tx' as const,
    siteName,
    mirrorUuid: `uuid-${siteName}`,
    clientName: 'client.x',
  }
  return { pool, mode: 'image', siteName: site, peers: [peer] }
}

/** All placement groups answer. */
export const HEALTHY: DataHealth = {
  checks: [],
  groupStates: [{ state: 'active+clean', count: 97 }],
  otherPools: [],
}

/** Some do not. */
export const DARK: DataHealth = {
  ...HEALTHY,
  checks: [
    {
      code: 'PG_AVAILABILITY',
      severity: 'HEALTH_WARN',
      summary: 'Reduced data availability: 3 pgs inactive',
      groups: null,
    },
  ],
}

export const tinyDaemon = {
  serviceId: '1',
  instanceId: '2',
  clientId: 'x',
  hostname: 'h',
  version: '16.2.15',
  leader: true,
  health: 'OK' as const,
  callouts: [],
}
