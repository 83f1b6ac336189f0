import { smallCloud } from './cloud/small-cloud'
import { handful } from './population'
import { QUICK_TIMINGS, type SiteSpec, type Timings, type Traits, type WorldSpec } from './spec'

const site = (name: string, port: number): SiteSpec => ({
  name,
  version: '16.2.15',
  mons: [`127.0.0.${port}`],
  hostname: 'vm',
  osds: 1,
  totalBytes: 10_737_418_240,
})

const journal = (name: string): Partial<Traits> => ({ name, mode: 'journal' })
const snapshot = (name: string): Partial<Traits> => ({ name, mode: 'snapshot' })

/** Two sites and a dozen images, named and made as the lab's: for tests. */
export function smallWorld(timings: Timings = QUICK_TIMINGS): WorldSpec {
  const paired = { home: 'site-a', copy: 'site-b' }
  const sites = ['site-a', 'site-b'] as const
  const numbered = (prefix: string, make: (name: string) => Partial<Traits>) =>
    [1, 2, 3, 4].map((n) => make(`${prefix}-${n}`))
  return {
    name: 'small',
    sites: [site('site-a', 11), site('site-b', 12)],
    pools: [
      { name: 'volumes', sites, schedules: [{ site: 'site-a', interval: '1m' }] },
      { name: 'images', sites, schedules: [] },
      { name: 'vms', sites, schedules: [] },
    ],
    populations: [
      handful('volumes', 0, [...numbered('vol-journal', journal), ...numbered('vol-snap', snapshot)], paired),
      handful(
        'volumes',
        20,
        [{ ...snapshot('vol-clone-1'), parent: { pool: 'images', name: 'img-base-1', snapshot: 'snap' } }],
        paired,
      ),
      handful('volumes', 30, [{ name: 'vol-plain-1' }, { name: 'vol-plain-2' }], { home: 'site-a', copy: null }),
      handful(
        'volumes',
        40,
        [{ name: 'vol-orphan-clone', parent: { pool: 'images', name: 'img-plain', snapshot: 'snap' } }],
        { home: 'site-a', copy: null },
      ),
      handful('images', 50, [{ ...snapshot('img-base-1'), userSnapshot: 'snap' }], paired),
      handful('images', 60, [{ name: 'img-plain', userSnapshot: 'snap' }], { home: 'site-a', copy: null }),
    ],
    timings,
    pastMs: 600_000,
    flaky: [],
    clouds: [smallCloud(timings)],
  }
}
