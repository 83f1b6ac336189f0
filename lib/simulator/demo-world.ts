import { crowdCloud } from './cloud/crowd-cloud'
import { crowd } from './population'
import { uuidAt } from './random'
import { type ParentSpec, REAL_TIMINGS, type SiteSpec, type Traits, type WorldSpec } from './spec'

const GIB = 1_073_741_824
const WEST_IMAGES = 60
const VOLUMES_OFFSET = 100
const IMAGES_OFFSET = 2_000
const PLAIN_IMAGES_OFFSET = 2_200
/** An image that Cinder knows nothing of: what was left when its volume was deleted. */
const ORPHAN = VOLUMES_OFFSET + 777

const site = (name: string, version: string, net: number, osds: number): SiteSpec => ({
  name,
  version,
  mons: [11, 12, 13].map((n) => `10.${net}.0.${n}`),
  hostname: `mirror1.${name}`,
  osds,
  totalBytes: osds * 7_681_501_126_656,
})

/**
 * The world behind `npm start` without a configuration: three sites of one cloud, about 1,400 mirrored images, and what
 * goes wrong in such a cloud: a pool that falls behind, split-brains, clones whose parent nobody mirrors, a shy site.
 */
export function demoWorld(seed: number): WorldSpec {
  /** Glance's image that a clone was made from; Glance calls its snapshot `snap`. */
  const baseImage = (n: number): ParentSpec => ({
    pool: 'images',
    name: uuidAt(seed, IMAGES_OFFSET + 1, n % WEST_IMAGES),
    snapshot: 'snap',
  })
  const plainImage = (n: number): ParentSpec => ({
    pool: 'images',
    name: uuidAt(seed, PLAIN_IMAGES_OFFSET + 1, n),
    snapshot: 'snap',
  })

  const volume = (i: number, draw: (salt: number) => number): Partial<Traits> => {
    if (i === 17 || i === 404) return { mode: 'snapshot', parent: plainImage(i % 2), trouble: 'parent-not-mirrored' }
    if (i === 101 || i === 233 || i === 568)
      return { mode: i === 568 ? 'journal' : 'snapshot', trouble: 'split-brain', writesPerSec: 0.4 }
    if (i % 167 === 90) return { trouble: 'copying', mode: i % 2 === 0 ? 'journal' : 'snapshot', sizeBytes: 250 * GIB }
    const boots = draw(11) < 0.22
    return {
      ...(boots
        ? { parent: baseImage(Math.floor(draw(12) * WEST_IMAGES)), mode: 'snapshot' as const, sizeBytes: 20 * GIB }
        : {}),
      client: i % 29 === 3 ? 'client.nova' : i % 211 === 8 ? 'client.cinder' : null,
    }
  }
  const disk = (i: number, draw: (salt: number) => number): Partial<Traits> => ({
    mode: i % 5 === 0 ? 'journal' : 'snapshot',
    parent: i % 5 === 0 ? null : baseImage(Math.floor(draw(13) * WEST_IMAGES)),
    writesPerSec: 0.5 + 6 * draw(14),
    client: i % 23 === 4 ? 'client.nova' : null,
    trouble: i === 33 ? 'split-brain' : null,
  })
  const glance = (): Partial<Traits> => ({
    mode: 'snapshot',
    userSnapshot: 'snap',
    writesPerSec: 0,
    sizeBytes: 8 * GIB,
  })
  const west = { home: 'eu-west', copy: 'eu-north', seed }
  const north = { home: 'eu-north', copy: 'eu-west', seed }
  const plainWest = { home: 'eu-west', copy: null, seed }
  const plainNorth = { home: 'eu-north', copy: null, seed }
  const plain = (): Partial<Traits> => ({ mode: 'journal' })
  const northVolume = (i: number): Partial<Traits> => ({ client: i % 61 === 7 ? 'client.nova' : null })
  const northDisk = (_: number, draw: (salt: number) => number): Partial<Traits> => ({
    mode: 'snapshot',
    writesPerSec: 4 * draw(15),
  })

  const westVolumes = [
    crowd({ ...west, pool: 'volumes', count: 1_000, offset: VOLUMES_OFFSET, names: 'cinder', traits: volume }),
    crowd({ ...plainWest, pool: 'volumes', count: 31, offset: 5_000, names: 'cinder', traits: plain }),
  ]
  const westImages = [
    crowd({ ...west, pool: 'images', count: WEST_IMAGES, offset: IMAGES_OFFSET, names: 'glance', traits: glance }),
    crowd({ ...plainWest, pool: 'images', count: 2, offset: PLAIN_IMAGES_OFFSET, names: 'glance', traits: glance }),
  ]
  const westDisks = [crowd({ ...west, pool: 'vms', count: 70, offset: 2_400, names: 'nova', traits: disk })]
  const northVolumes = [
    crowd({ ...north, pool: 'volumes', count: 178, offset: 3_000, names: 'cinder', traits: northVolume }),
    crowd({ ...plainNorth, pool: 'volumes', count: 9, offset: 5_100, names: 'cinder', traits: () => ({}) }),
  ]
  const northImages = [crowd({ ...north, pool: 'images', count: 12, offset: 3_300, names: 'glance', traits: glance })]
  const northDisks = [crowd({ ...north, pool: 'vms', count: 20, offset: 3_400, names: 'nova', traits: northDisk })]
  const south = { home: 'eu-south', copy: 'eu-west', seed }
  const southVolumes = [
    crowd({ ...south, pool: 'volumes-south', count: 64, offset: 4_000, names: 'cinder', traits: () => ({}) }),
  ]

  return {
    name: 'demo',
    sites: [site('eu-west', '18.2.4', 31, 96), site('eu-north', '18.2.4', 32, 96), site('eu-south', '17.2.7', 33, 36)],
    pools: [
      { name: 'volumes', sites: ['eu-north', 'eu-west'], schedules: both('1m') },
      { name: 'images', sites: ['eu-north', 'eu-west'], schedules: both('1m') },
      {
        name: 'vms',
        sites: ['eu-north', 'eu-west'],
        schedules: both('1m'),
        // Past its objective of two minutes for some ten minutes of every half hour.
        swing: { periodMs: 1_800_000, riseMs: 1_200_000, peakMs: 240_000 },
      },
      {
        name: 'volumes-south',
        sites: ['eu-south', 'eu-west'],
        schedules: [
          { site: 'eu-south', interval: '1m' },
          { site: 'eu-west', interval: '1m' },
        ],
      },
    ],
    populations: [
      ...[westVolumes, westImages, westDisks].flat(),
      ...[northVolumes, northImages, northDisks, southVolumes].flat(),
    ],
    clouds: [
      crowdCloud({
        site: 'eu-west',
        region: 'eu-west',
        target: 'eu-north',
        pool: 'volumes',
        volumes: westVolumes,
        images: westImages,
        disks: westDisks,
        projects: ['retail', 'analytics', 'payments', 'intranet', 'research', 'sandbox'],
        computeHosts: 24,
        orphans: [ORPHAN],
        ghosts: ['import-2026-failed'],
      }),
      crowdCloud({
        site: 'eu-north',
        region: 'eu-north',
        target: 'eu-west',
        pool: 'volumes',
        volumes: northVolumes,
        images: northImages,
        disks: northDisks,
        projects: ['logistics', 'archive', 'intranet'],
        computeHosts: 6,
        orphans: [],
        ghosts: [],
      }),
    ],
    timings: { ...REAL_TIMINGS, copyMs: 30_000, workloadFollowsMs: 20_000 },
    pastMs: 4 * 86_400_000,
    flaky: [{ site: 'eu-south', periodMs: 600_000, silentMs: 90_000 }],
  }
}

const both = (interval: string) => ['eu-west', 'eu-north'].map((name) => ({ site: name, interval }))
