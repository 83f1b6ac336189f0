import { handful } from './population'
import { QUICK_TIMINGS, type SiteSpec, type Timings, type Traits, type WorldSpec } from './spec'

const site = (name: string, host: number): SiteSpec => ({
  name,
  version: '16.2.15',
  mons: [`127.0.0.${host}`],
  hostname: 'vm',
  osds: 1,
  totalBytes: 10_737_418_240,
})

const base = { pool: 'images', name: 'img-base-1', snapshot: 'snap' }
const numbered = (prefix: string, count: number, more: Partial<Traits> = {}): Partial<Traits>[] =>
  Array.from({ length: count }, (_, i) => ({ name: `${prefix}-${i + 1}`, ...more }))

/**
 * Two sites where nobody has set up mirroring, named and made as `lab bare` makes them: no mode, no peers, no name, an
 * rbd-mirror that runs and has nothing to do. `fsids`: have the clusters an fsid each, or one?
 */
export function bareWorld(fsids: 'two' | 'one', timings: Timings = QUICK_TIMINGS): WorldSpec {
  const sites = ['site-a', 'site-b'] as const
  const at = (home: 'site-a' | 'site-b') => ({ home, copy: null })
  const pool = (name: string) => ({ name, sites, schedules: [], bare: true })
  return {
    name: fsids === 'two' ? 'bare' : 'bare-one-fsid',
    sites: [site('site-a', 11), { ...site('site-b', 12), ...(fsids === 'one' ? { fsidOf: 'site-a' } : {}) }],
    pools: [pool('volumes'), pool('images'), pool('vms')],
    populations: [
      handful('images', 0, numbered('img-base', 2, { userSnapshot: 'snap' }), at('site-a')),
      handful('volumes', 20, numbered('vol', 4), at('site-a')),
      handful('volumes', 40, numbered('vol-clone', 2, { parent: base }), at('site-a')),
      handful('volumes', 60, numbered('vol-nolock', 1, { features: ['layering'] }), at('site-a')),
      handful('vms', 80, numbered('vm-disk', 2, { parent: base }), at('site-a')),
      handful('volumes', 100, numbered('vol-b', 1), at('site-b')),
    ],
    timings,
    pastMs: 600_000,
    flaky: [],
  }
}
