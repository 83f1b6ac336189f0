import { sitesByMonitors } from '@/lib/domain/cloud-facts'
import type { StoredAttachment } from '@/lib/store/cloud-tables'
import type { Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import { CloudReportSchema } from '@/lib/views/cloud'
import type { ImageCloudDetail, SeenAttachment } from '@/lib/views/image-cloud'
import { ClusterFactsSchema } from '@/lib/views/site'
import { cloudOfImages, mostLikely } from './cloud-of-images'
import { parsed } from './stored-json'

/** What one image is in a cloud, with all that is known of it; null where it is in none. */
export async function cloudOfImage(store: Store, image: ImagesTable): Promise<ImageCloudDetail | null> {
  const brief = (await cloudOfImages(store, [image])).get(image.id)
  if (brief === undefined) return null
  const kind = brief.kind === 'glance' ? 'glance' : 'volumes'
  const reading = await store
    .selectFrom('cloud_readings')
    .select('observed_at')
    .where('site', '=', brief.site)
    .where('kind', '=', kind)
    .executeTakeFirst()
  const readAt = reading?.observed_at ?? null
  if (brief.kind === 'volume') return { ...brief, ...(await volumeDetail(store, image, brief.madeFrom?.id)), readAt }
  const rows = await store.selectFrom('cloud_images').selectAll().where('rbd_image', '=', image.name).execute()
  const glance = mostLikely(image, rows)
  return { ...brief, ...NO_VOLUME, status: glance?.status ?? '', guessed: glance?.guessed === 1, readAt }
}

const NO_VOLUME = {
  ...{ status: '', replicationStatus: '', backend: null, activeSite: null, snapshots: 0 },
  ...{ attachments: [], madeFromImageId: null, guessed: false },
}

async function volumeDetail(store: Store, image: ImagesTable, sourceId: string | undefined) {
  const rows = await store.selectFrom('cloud_volumes').selectAll().where('rbd_image', '=', image.name).execute()
  const volume = mostLikely(image, rows)
  if (volume === null) return NO_VOLUME
  const snapshots = await store
    .selectFrom('cloud_snapshots')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('volume_id', '=', volume.id)
    .executeTakeFirst()
  return {
    status: volume.status,
    replicationStatus: volume.replication_status,
    backend: volume.backend,
    activeSite: await activeSiteOf(store, volume.site, volume.backend),
    snapshots: snapshots?.count ?? 0,
    attachments: await seenAttachments(store, volume.site, JSON.parse(volume.attachments)),
    madeFromImageId: sourceId === undefined ? null : await imageIdOf(store, image.pair, sourceId),
    guessed: false,
  }
}

async function activeSiteOf(store: Store, site: string, backend: string | null): Promise<string | null> {
  const row = await store.selectFrom('clouds').select('report').where('site', '=', site).executeTakeFirst()
  const report = parsed(CloudReportSchema, row?.report ?? null)
  return report?.backends.find(({ service }) => service.host === backend)?.place.active ?? null
}

async function seenAttachments(store: Store, site: string, attachments: readonly StoredAttachment[]) {
  if (attachments.length === 0) return []
  const ids = attachments.flatMap(({ serverId }) => serverId ?? [])
  const [servers, sites] = await Promise.all([
    ids.length === 0
      ? []
      : store
          .selectFrom('cloud_servers')
          .select(['id', 'name', 'status'])
          .where('site', '=', site)
          .where('id', 'in', ids)
          .execute(),
    monitorsOfSites(store),
  ])
  return attachments.map(({ serverId, device, status, connection }): SeenAttachment => {
    const server = servers.find(({ id }) => id === serverId)
    const monitors = [...(connection?.monitors ?? [])]
    return {
      ...{ serverId, device, status, monitors },
      serverName: server?.name ?? null,
      serverStatus: server?.status ?? null,
      leadsTo: sitesByMonitors(monitors, sites),
    }
  })
}

async function monitorsOfSites(store: Store) {
  const rows = await store.selectFrom('sites').select(['name', 'facts_json']).execute()
  return rows.map(({ name, facts_json }) => {
    const facts = parsed(ClusterFactsSchema, facts_json)
    return { name, monitors: facts?.monEndpoints ?? facts?.monAddresses ?? null }
  })
}

/** The mirrored RBD image of a Glance image. */
async function imageIdOf(store: Store, pair: string, glanceId: string): Promise<string | null> {
  const row = await store
    .selectFrom('cloud_images')
    .innerJoin('images', (join) =>
      join.onRef('images.name', '=', 'cloud_images.rbd_image').onRef('images.pool', '=', 'cloud_images.rbd_pool'),
    )
    .select('images.id')
    .where('cloud_images.id', '=', glanceId)
    .where('images.pair', '=', pair)
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
