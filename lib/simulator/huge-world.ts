import { crowd } from './population'
import { type PoolSpec, type Population, REAL_TIMINGS, type WorldSpec } from './spec'

const SITES = ['eu-west', 'eu-north', 'eu-south'] as const
const IN_A_POOL = 10_000

/** 100,000 images at every site: each pool of 10,000 pairs two of the three sites. */
export function hugeWorld(seed: number): WorldSpec {
  const pairs = [
    [0, 1],
    [1, 2],
    [2, 0],
  ] as const
  const pools: PoolSpec[] = []
  const populations: Population[] = []
  // Five pools a pair: every site takes part in two pairs, so it has ten.
  for (let i = 0; i < 15; i++) {
    const [a, b] = pairs[i % 3] as (typeof pairs)[number]
    const home = SITES[a]
    const copy = SITES[b]
    const name = `volumes-${String(i + 1).padStart(2, '0')}`
    pools.push({ name, sites: [home, copy], schedules: [{ site: home, interval: i % 2 === 0 ? '5m' : '1h' }] })
    populations.push(
      crowd({
        pool: name,
        home,
        copy,
        count: IN_A_POOL,
        offset: 1 + i * IN_A_POOL,
        names: 'cinder',
        seed,
        traits: (n) => ({ client: n % 997 === 5 ? 'client.nova' : null }),
      }),
    )
  }
  return {
    name: 'huge',
    sites: SITES.map((name, index) => ({
      name,
      version: '18.2.4',
      mons: [11, 12, 13].map((n) => `10.${20 + index}.0.${n}`),
      hostname: `mirror1.${name}`,
      osds: 480,
      totalBytes: 9_000_000_000_000_000,
    })),
    pools,
    populations,
    timings: { ...REAL_TIMINGS, workloadFollowsMs: 20_000 },
    pastMs: 4 * 86_400_000,
    flaky: [],
  }
}
