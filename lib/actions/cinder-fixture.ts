import type { CinderWorld } from '@/lib/engine/tiny-cinder'
import type { ClusterFacts } from '@/lib/ports/cluster'
import type { CloudContext } from '@/lib/services/context'
import type { Store } from '@/lib/store/database'

/** What the console knows of a small cloud's images, put in its store, and the means that a verb is given. */
export async function cinderConsole(world: CinderWorld, store: Store): Promise<Omit<CloudContext, 'actor' | 'role'>> {
  for (const { image, globalId, mode } of world.images.values()) {
    await store
      .insertInto('images')
      .values({
        ...{ id: `north~west/volumes//${globalId}`, pair: 'north~west', pool: image.pool, namespace: '', mode },
        ...{ global_id: globalId, name: image.name, left_role: 'non-primary', right_role: 'primary' },
        ...{ left_state: 'replaying', right_state: 'stopped', left_up: 1, right_up: 1 },
        ...{ left_description: '', right_description: '', left_image_id: 'i', right_image_id: 'i' },
        ...{
          primary_site: 'west',
          verdict: 'following',
          verdict_text: 'follows',
          severity: 0,
          caught_up: 0,
          sampled: 1,
        },
        ...{ held_until_at: 1, held_grade: 'measured', held_text: '', objective_sec: 120, breach_at: null },
        ...{ sync_percent: null, size_bytes: 1, parent_pool: null, parent_namespace: null, parent_name: null },
        ...{ parent_mirrored: null, schedule: null, copy_since: null, cloned_copy: null, hollow: null, changed_at: 1 },
      })
      .execute()
  }
  return {
    ...{ store, clock: world.clock, sites: ['west', 'north'], objectives: { defaultSec: 120, pools: {} } },
    mirror: (site) => world.port(site),
    cluster: (site) =>
      ({
        facts: async () => ({ monAddresses: [`${site}:3300`], monEndpoints: [`${site}:3300`, `${site}:6789`] }),
      }) as never as {
        facts(): Promise<ClusterFacts>
      } as never,
    cloud: world.cloud,
    targetSite: (_, __, target) => (target === 'default' ? 'west' : 'north'),
    controllerGrant: () => null,
    backendSites: () => ({ configured: {}, others: ['north'] }),
  }
}
