import type { Transaction } from 'kysely'
import { breath } from '@/lib/ports/slices'
import { announce } from './changes'
import type {
  CloudImagesTable,
  CloudReadingsTable,
  CloudServersTable,
  CloudSnapshotsTable,
  CloudsTable,
  CloudVolumesTable,
  StoredAttachment,
} from './cloud-tables'
import type { Store, Tables } from './database'
import { slices } from './slices'
import { upsert } from './upsert'

/** Rows of one kind that changed, and the ids of those that are gone. */
export interface Changed<Row> {
  readonly rows: readonly Row[]
  readonly gone: readonly string[]
}

export type ManyTables = {
  readonly cloud_volumes: CloudVolumesTable
  readonly cloud_snapshots: CloudSnapshotsTable
  readonly cloud_images: CloudImagesTable
  readonly cloud_servers: CloudServersTable
}

const ROWS_PER_TRANSACTION = 500

/** Writes what changed of one table, in transactions of at most 500 rows, and gives others their turn in between. */
export async function writeMany<T extends keyof ManyTables>(
  store: Store,
  site: string,
  table: T,
  { rows, gone }: Changed<ManyTables[T]>,
): Promise<void> {
  for (const some of slices(rows, ROWS_PER_TRANSACTION)) {
    await store.transaction().execute(async (tx) => {
      await upsert(tx, table, ['site', 'id'] as never, some)
      if (table === 'cloud_volumes') await linkServers(tx, some as readonly CloudVolumesTable[])
    })
    await breath()
  }
  for (const ids of slices(gone, ROWS_PER_TRANSACTION)) {
    await store.transaction().execute(async (tx) => {
      await tx
        .deleteFrom(table as 'cloud_volumes')
        .where('site', '=', site)
        .where('id', 'in', ids)
        .execute()
      if (table === 'cloud_volumes') await unlinkServers(tx, site, ids)
    })
    await breath()
  }
}

async function linkServers(tx: Transaction<Tables>, volumes: readonly CloudVolumesTable[]): Promise<void> {
  const [first] = volumes
  if (first === undefined) return
  const ids = volumes.map(({ id }) => id)
  await unlinkServers(tx, first.site, ids)
  const links = volumes.flatMap(({ site, id, attachments }) => {
    const servers = (JSON.parse(attachments) as StoredAttachment[]).flatMap(({ serverId }) => serverId ?? [])
    return [...new Set(servers)].map((serverId) => ({ site, volume_id: id, server_id: serverId }))
  })
  await upsert(tx, 'cloud_volume_servers', ['site', 'volume_id', 'server_id'], links)
}

const unlinkServers = (tx: Transaction<Tables>, site: string, ids: readonly string[]) =>
  tx.deleteFrom('cloud_volume_servers').where('site', '=', site).where('volume_id', 'in', ids).execute()

export interface CloudNews {
  readonly cloud: CloudsTable | null
  readonly readings: readonly CloudReadingsTable[]
  /** Image ids; null: as they were. */
  readonly orphans: readonly string[] | null
  /** Something that images and servers show is another. */
  readonly manyChanged: boolean
}

/**
 * Writes how a cloud stands and its readings, and says so: `cloud:SITE`, and `volumes:SITE` where what images and servers
 * show has changed.
 */
export async function writeCloud(store: Store, site: string, news: CloudNews, at: number): Promise<void> {
  await store.transaction().execute(async (tx) => {
    if (news.cloud !== null) await upsert(tx, 'clouds', ['site'], [news.cloud])
    await upsert(tx, 'cloud_readings', ['site', 'kind'], news.readings)
    if (news.orphans !== null) {
      await tx.deleteFrom('cloud_orphans').where('site', '=', site).execute()
      const rows = news.orphans.map((id) => ({ site, image_id: id }))
      await upsert(tx, 'cloud_orphans', ['site', 'image_id'], rows)
    }
    const many = news.manyChanged || news.orphans !== null
    await announce(tx, [`cloud:${site}`, ...(many ? [`volumes:${site}`] : [])], at)
  })
}

/** Drops what is known of clouds that are configured no more. */
export async function forgetOtherClouds(store: Store, sites: readonly string[]): Promise<void> {
  for (const table of CLOUD_TABLES) {
    const all = store.deleteFrom(table as 'clouds')
    await (sites.length === 0 ? all : all.where('site', 'not in', sites)).execute()
  }
}

const CLOUD_TABLES = [
  'clouds',
  'cloud_readings',
  'cloud_volumes',
  'cloud_volume_servers',
  'cloud_snapshots',
  'cloud_images',
  'cloud_servers',
  'cloud_orphans',
] as const
