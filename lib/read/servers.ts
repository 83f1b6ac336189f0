import type { Config } from '@/lib/config/config'
import { byWorst, type VolumeStanding, worstOf } from '@/lib/domain/cloud-exposure'
import type { KnownStack } from '@/lib/domain/known-stack'
import type { Store } from '@/lib/store/database'
import { staleKind } from '@/lib/views/cloud-pulse'
import type { ExposedRow, ServersPage, ServersRequest } from '@/lib/views/servers'
import { readClouds } from './clouds'
import { keptFor } from './kept-for'
import type { Moment } from './moment'
import { type StandingVolume, volumeStandings } from './volume-standings'

/** Servers or tenants of all clouds, worst first: one window of them. */
export async function readServers(
  store: Store,
  config: Config,
  request: ServersRequest,
  moment: Moment,
): Promise<ServersPage> {
  const [picture, { clouds }] = await Promise.all([pictureOf(store, moment), readClouds(store, config, moment.now)])
  const all = request.by === 'server' ? picture.servers : picture.tenants
  const sought = request.q.toLowerCase()
  const rows = sought === '' ? all : all.filter((row) => wordsOf(row).includes(sought))
  const reads = clouds.flatMap(({ readings }) =>
    ['servers', 'volumes'].map((kind) => readings.find((one) => one.kind === kind)?.observedAt ?? null),
  )
  return {
    now: moment.now,
    total: rows.length,
    offset: request.offset,
    rows: rows.slice(request.offset, request.offset + request.limit),
    readAt: reads.reduce<number | null>((a, b) => (a === null || b === null ? null : Math.min(a, b)), reads[0] ?? null),
    stale: clouds
      .filter((cloud) => staleKind(cloud, ['servers', 'volumes'], moment.now) !== null)
      .map(({ site }) => site),
  }
}

const wordsOf = ({ name, id, tenant, stack }: ExposedRow): string =>
  `${name} ${id} ${tenant} ${stack?.name ?? ''}`.toLowerCase()

interface Picture {
  readonly servers: readonly ExposedRow[]
  readonly tenants: readonly ExposedRow[]
}

const pictureOf = (store: Store, moment: Moment): Promise<Picture> =>
  keptFor(store, 'servers', moment.now, 0, () => makePicture(store, moment))

async function makePicture(store: Store, moment: Moment): Promise<Picture> {
  const [volumes, servers, links, stackOf] = await Promise.all([
    volumeStandings(store, moment),
    store
      .selectFrom('cloud_servers')
      .select(['site', 'id', 'name', 'tenant', 'status', 'host', 'volume_ids'])
      .execute(),
    store.selectFrom('cloud_volume_servers').selectAll().execute(),
    stacksByServer(store),
  ])
  const standing = new Map(volumes.map((volume) => [`${volume.site}/${volume.id}`, volume.standing]))
  const linked = grouped(links, ({ site, server_id }) => `${site}/${server_id}`)
  const rows = servers.map(({ site, id, name, tenant, status, host, volume_ids }): ExposedRow => {
    const key = `${site}/${id}`
    // Nova and Cinder each have a list; what either names belongs to it.
    const ids = new Set([
      ...(JSON.parse(volume_ids) as string[]),
      ...(linked.get(key) ?? []).map((link) => link.volume_id),
    ])
    const standings = [...ids].map((volume) => standing.get(`${site}/${volume}`) ?? NOT_KNOWN)
    return {
      key,
      site,
      id,
      name,
      tenant,
      status,
      host,
      servers: 1,
      stack: stackOf.get(key) ?? null,
      worst: worstOf(standings),
    }
  })
  return { servers: rows.sort(byRow), tenants: tenantsOf(volumes, rows).sort(byRow) }
}

/** By site and server, the stack whose it is. */
async function stacksByServer(store: Store): Promise<ReadonlyMap<string, NonNullable<ExposedRow['stack']>>> {
  const readings = await store
    .selectFrom('cloud_readings')
    .select(['site', 'json'])
    .where('kind', '=', 'stacks')
    .where('json', 'is not', null)
    .execute()
  return new Map(
    readings.flatMap(({ site, json }) =>
      (JSON.parse(json ?? '[]') as readonly KnownStack[]).flatMap(({ name, status, servers }) =>
        (servers ?? []).map((id) => [`${site}/${id}`, { name, status }] as const),
      ),
    ),
  )
}

const NOT_KNOWN: VolumeStanding = { kind: 'unknown', why: 'Cinder does not name one of its volumes' }

const byRow = (a: ExposedRow, b: ExposedRow): number => byWorst(a.worst, b.worst) || (a.name < b.name ? -1 : 1)

/** By tenant all its volumes count, attached or not. */
function tenantsOf(volumes: readonly StandingVolume[], servers: readonly ExposedRow[]): ExposedRow[] {
  const own = grouped(volumes, ({ site, tenant }) => `${site}/${tenant}`)
  const theirs = grouped(servers, ({ site, tenant }) => `${site}/${tenant}`)
  return [...new Set([...own.keys(), ...theirs.keys()])].map((key): ExposedRow => {
    const [site = '', tenant = ''] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)]
    const worst = worstOf((own.get(key) ?? []).map((volume) => volume.standing))
    const count = theirs.get(key)?.length ?? 0
    return { key, site, id: '', name: tenant, tenant, status: '', host: null, servers: count, stack: null, worst }
  })
}

function grouped<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const thing of things) {
    const list = groups.get(keyOf(thing))
    if (list === undefined) groups.set(keyOf(thing), [thing])
    else list.push(thing)
  }
  return groups
}
