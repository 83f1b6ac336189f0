import type { CloudVolumesTable } from '@/lib/store/cloud-tables'
import type { Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import type { ImageCloud } from '@/lib/views/image-cloud'

type Joined = Pick<ImagesTable, 'id' | 'pool' | 'name' | 'pair'>

/** What some images are in clouds, by image id: of a window of the list, never of all. */
export async function cloudOfImages(store: Store, images: readonly Joined[]): Promise<ReadonlyMap<string, ImageCloud>> {
  const found = new Map<string, ImageCloud>()
  const names = [...new Set(images.map(({ name }) => name))]
  if (names.length === 0) return found
  const ids = images.map(({ id }) => id)
  const [volumes, glance, orphans] = await Promise.all([
    store.selectFrom('cloud_volumes').selectAll().where('rbd_image', 'in', names).execute(),
    store.selectFrom('cloud_images').selectAll().where('rbd_image', 'in', names).execute(),
    store.selectFrom('cloud_orphans').selectAll().where('image_id', 'in', ids).execute(),
  ])
  const [servers, sources] = await Promise.all([serversOf(store, volumes), sourcesOf(store, volumes)])
  for (const image of images) {
    const volume = mostLikely(image, volumes)
    const source = mostLikely(image, glance)
    const orphan = orphans.find((row) => row.image_id === image.id)
    if (volume !== null) {
      found.set(image.id, {
        kind: 'volume',
        site: volume.site,
        id: volume.id,
        name: volume.name,
        typeName: volume.type_name,
        tenant: volume.tenant,
        servers: servers.get(`${volume.site}/${volume.id}`) ?? [],
        madeFrom: sources.get(`${volume.site}/${volume.glance_image_id}`) ?? null,
      })
    } else if (source !== null) {
      const { site, id, name } = source
      found.set(image.id, { ...NOTHING, kind: 'glance', site, id, name })
    } else if (orphan !== undefined) {
      const { site } = orphan
      found.set(image.id, { kind: 'orphan', site, ...NOTHING })
    }
  }
  return found
}

const NOTHING = { id: '', name: '', typeName: null, tenant: null, servers: [], madeFrom: null }

interface Thing {
  readonly site: string
  readonly rbd_pool: string | null
  readonly rbd_image: string | null
}

/** By name and pool; of two clouds the one at a site of the pair. A volume whose pool is not known is told by its name alone. */
export function mostLikely<T extends Thing>(image: Omit<Joined, 'id'>, things: readonly T[]): T | null {
  const fitting = things.filter(
    ({ rbd_image: name, rbd_pool: pool }) => name === image.name && (pool === null || pool === image.pool),
  )
  return fitting.find(({ site }) => image.pair.split('~').includes(site)) ?? fitting[0] ?? null
}

/** Names of the servers that volumes are attached to, by `site/volume`. One that Nova does not name stands with its id. */
async function serversOf(store: Store, volumes: readonly CloudVolumesTable[]) {
  const found = new Map<string, { id: string; name: string }[]>()
  if (volumes.length === 0) return found
  const rows = await store
    .selectFrom('cloud_volume_servers as link')
    .leftJoin('cloud_servers as server', (join) =>
      join.onRef('server.site', '=', 'link.site').onRef('server.id', '=', 'link.server_id'),
    )
    .select(['link.site', 'link.volume_id', 'link.server_id', 'server.name'])
    .where(
      'link.volume_id',
      'in',
      volumes.map(({ id }) => id),
    )
    .execute()
  for (const { site, volume_id, server_id: id, name } of rows) {
    const key = `${site}/${volume_id}`
    found.set(key, [...(found.get(key) ?? []), { id, name: name ?? id }])
  }
  return found
}

async function sourcesOf(store: Store, volumes: readonly CloudVolumesTable[]) {
  const ids = [...new Set(volumes.flatMap(({ glance_image_id: id }) => id ?? []))]
  if (ids.length === 0) return new Map<string, { id: string; name: string }>()
  const rows = await store.selectFrom('cloud_images').select(['site', 'id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ site, id, name }) => [`${site}/${id}`, { id, name }]))
}
