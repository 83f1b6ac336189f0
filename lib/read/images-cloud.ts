import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Tables } from '@/lib/store/database'
import type { ImagesFilter } from '@/lib/views/images-filter'

type Builder = ExpressionBuilder<Tables, 'images'>

/** What the filter says of volumes, servers and tenants, as conditions over `images`. */
export function cloudConditions(e: Builder, filter: ImagesFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = []
  if (filter.cloud === 'volumes') all.push(isVolume())
  if (filter.cloud === 'orphans') {
    all.push(e('id', 'in', (q) => q.selectFrom('cloud_orphans').select('cloud_orphans.image_id')))
  }
  if (filter.tenant !== '') {
    all.push(
      ofVolumes(e, (q) => q.where((v) => v.or([v('tenant', '=', filter.tenant), v('project_id', '=', filter.tenant)]))),
    )
  }
  if (filter.type !== '') all.push(ofVolumes(e, (q) => q.where('type_name', '=', filter.type)))
  if (filter.server !== '') all.push(ofServers(sql`s.id = ${filter.server} or s.name = ${filter.server}`))
  return all
}

/** Volumes by name, id or tenant, Glance images and servers by name or id: what is typed into the search box. */
export function cloudMatches(e: Builder, pattern: string): Expression<SqlBool>[] {
  return [
    ofVolumes(e, (q) =>
      q.where((v) => v.or([v('name', 'like', pattern), v('id', 'like', pattern), v('tenant', 'like', pattern)])),
    ),
    ofServers(sql`s.name like ${pattern} or s.id like ${pattern}`),
    sql<SqlBool>`images.name in (select rbd_image from cloud_images where name like ${pattern} and rbd_image is not null)`,
  ]
}

type Volumes = ReturnType<typeof volumesIn>
const volumesIn = (e: Builder) => e.selectFrom('cloud_volumes').select('cloud_volumes.rbd_image')

/** The names are those that Cinder gave, with an id in each: no pool is needed to tell them apart. */
const ofVolumes = (e: Builder, which: (query: Volumes) => Volumes): Expression<SqlBool> =>
  e('images.name', 'in', which(volumesIn(e)) as never)

const ofServers = (which: Expression<unknown>): Expression<SqlBool> =>
  sql<SqlBool>`images.name in (
    select v.rbd_image from cloud_volume_servers l
    join cloud_volumes v on v.site = l.site and v.id = l.volume_id
    where l.server_id in (select s.id from cloud_servers s where ${which}))`

/** One look into the index a row: a list in another order stays in that order. */
const isVolume = (): Expression<SqlBool> =>
  sql<SqlBool>`exists (select 1 from cloud_volumes v where v.rbd_image = images.name and (v.rbd_pool = images.pool or v.rbd_pool is null))`
