import { REAL_TIMINGS, type Timings } from '../spec'
import type { CloudSpec } from './cloud-spec'
import { QUICK_CLOUD, REAL_CLOUD } from './cloud-spec'
import { typesAndServices } from './seeds'

/** A cloud at site-a whose volumes can go to site-b, with nothing in it: tests make what they need by requests. */
export function smallCloud(timings: Timings): CloudSpec {
  const backend = { name: 'ceph', pool: 'volumes', site: 'site-a', targets: { secondary: 'site-b' } }
  const spec: CloudSpec = {
    site: 'site-a',
    region: 'RegionOne',
    backends: [backend],
    imagePool: 'images',
    computeHosts: ['compute-r1'],
    projects: ['admin', 'demo', 'tenant-b', 'service'],
    users: [
      { name: 'antipode', project: 'admin', role: 'admin' },
      { name: 'member', project: 'admin', role: 'member' },
      { name: 'demo', project: 'demo', role: 'member' },
      { name: 'viewer', project: 'demo', role: 'reader' },
    ],
    pace: timings.publishMs < REAL_TIMINGS.publishMs ? QUICK_CLOUD : REAL_CLOUD,
    seeds: (conditions) => typesAndServices(spec, conditions),
  }
  return spec
}
