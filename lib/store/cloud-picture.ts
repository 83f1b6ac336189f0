import { type CloudPicture, PictureMaker } from '@/lib/domain/group-picture'
import { breath } from '@/lib/ports/slices'
import type { CloudServersTable, CloudVolumesTable } from './cloud-tables'
import type { Store } from './database'

/** Rows that are read and parsed before others get their turn. */
const STEP = 500

type VolumeRow = Pick<
  CloudVolumesTable,
  'id' | 'name' | 'tenant' | 'project_id' | 'type_name' | 'backend' | 'replication_status' | 'metadata'
>
type ServerRow = Pick<CloudServersTable, 'id' | 'name' | 'tenant' | 'project_id' | 'metadata' | 'volume_ids'>

/** A volume's row as rules of groups see it. */
export const pictureVolume = (row: VolumeRow) => ({
  id: row.id,
  name: row.name,
  tenant: row.tenant,
  projectId: row.project_id,
  type: row.type_name,
  backend: row.backend,
  replicationStatus: row.replication_status,
  metadata: row.metadata === '{}' ? {} : (JSON.parse(row.metadata) as Record<string, string>),
})

/** A server's row as rules of groups see it. */
export const pictureServer = (row: ServerRow) => ({
  id: row.id,
  name: row.name,
  tenant: row.tenant,
  projectId: row.project_id,
  metadata: row.metadata === '{}' ? {} : (JSON.parse(row.metadata) as Record<string, string>),
})

/** The volumes and servers of a cloud as they were last read, some hundred rows at a time. */
export async function cloudPicture(store: Store, site: string): Promise<CloudPicture> {
  const maker = new PictureMaker(site)
  for await (const rows of inSteps((after) =>
    store
      .selectFrom('cloud_volumes')
      .select(['id', 'name', 'tenant', 'project_id', 'type_name', 'backend', 'replication_status', 'metadata'])
      .where('site', '=', site)
      .where('id', '>', after)
      .orderBy('id')
      .limit(STEP)
      .execute(),
  ))
    for (const row of rows) maker.volume(pictureVolume(row))
  for await (const rows of inSteps((after) =>
    store
      .selectFrom('cloud_servers')
      .select(['id', 'name', 'tenant', 'project_id', 'metadata', 'volume_ids'])
      .where('site', '=', site)
      .where('id', '>', after)
      .orderBy('id')
      .limit(STEP)
      .execute(),
  ))
    for (const row of rows) {
      maker.server(pictureServer(row))
      for (const volume of JSON.parse(row.volume_ids) as string[]) maker.link(volume, row.id)
    }
  for await (const rows of inSteps((after) => linksOfStep(store, site, after)))
    for (const { volume_id, server_id } of rows) maker.link(volume_id, server_id)
  return maker.picture()
}

async function linksOfStep(store: Store, site: string, after: string) {
  // A volume's links may be more than one; by volumes none of them is cut off.
  const ids = await store
    .selectFrom('cloud_volume_servers')
    .select('volume_id')
    .distinct()
    .where('site', '=', site)
    .where('volume_id', '>', after)
    .orderBy('volume_id')
    .limit(STEP)
    .execute()
  const [first, last] = [ids[0]?.volume_id, ids.at(-1)?.volume_id]
  if (first === undefined || last === undefined) return []
  const rows = await store
    .selectFrom('cloud_volume_servers')
    .select(['volume_id', 'server_id'])
    .where('site', '=', site)
    .where('volume_id', '>=', first)
    .where('volume_id', '<=', last)
    .orderBy('volume_id')
    .execute()
  return rows.map((row) => ({ ...row, id: row.volume_id }))
}

async function* inSteps<Row extends { readonly id: string }>(step: (after: string) => Promise<readonly Row[]>) {
  for (let after = ''; ; ) {
    const rows = await step(after)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.id
    await breath()
  }
}
