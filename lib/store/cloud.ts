import type {
  CloudImagesTable,
  CloudReadingsTable,
  CloudServersTable,
  CloudSnapshotsTable,
  CloudsTable,
  CloudVolumesTable,
} from './cloud-tables'
import type { Store } from './database'

/** Everything of one cloud that the poller goes on from after a start. */
export interface StoredCloud {
  readonly cloud: CloudsTable | null
  readonly readings: readonly CloudReadingsTable[]
  readonly volumes: readonly CloudVolumesTable[]
  readonly snapshots: readonly CloudSnapshotsTable[]
  readonly images: readonly CloudImagesTable[]
  readonly servers: readonly CloudServersTable[]
  readonly orphans: readonly string[]
}

export async function loadCloud(store: Store, site: string): Promise<StoredCloud> {
  const all = <T extends 'cloud_readings' | 'cloud_volumes' | 'cloud_snapshots' | 'cloud_images' | 'cloud_servers'>(
    table: T,
  ) =>
    store
      .selectFrom(table as 'cloud_volumes')
      .selectAll()
      .where('site', '=', site)
      .execute() as Promise<unknown>
  const orphans = await store.selectFrom('cloud_orphans').select('image_id').where('site', '=', site).execute()
  return {
    cloud: (await store.selectFrom('clouds').selectAll().where('site', '=', site).executeTakeFirst()) ?? null,
    readings: (await all('cloud_readings')) as CloudReadingsTable[],
    volumes: (await all('cloud_volumes')) as CloudVolumesTable[],
    snapshots: (await all('cloud_snapshots')) as CloudSnapshotsTable[],
    images: (await all('cloud_images')) as CloudImagesTable[],
    servers: (await all('cloud_servers')) as CloudServersTable[],
    orphans: orphans.map((row) => row.image_id),
  }
}
