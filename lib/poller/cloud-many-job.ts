import type { Project, VolumeAttachment } from '@/lib/domain/cloud'
import { paceMs } from '@/lib/domain/cloud-age'
import { backendOf } from '@/lib/domain/cloud-place'
import { breath } from '@/lib/ports/slices'
import type { CloudVolumesTable } from '@/lib/store/cloud-tables'
import { type Changed, type ManyTables, writeMany } from '@/lib/store/cloud-write'
import { type CloudContext, readKind } from './cloud-context'
import { imageRow, sameThing, serverRow, snapshotRow, volumeRow } from './cloud-rows'
import { readStacks } from './cloud-stacks'
import type { Job } from './lane'

/** So many rows are made and compared before others get their turn: some milliseconds. */
const SLICE = 500

const MANY = [
  'identity',
  'projects',
  'types',
  'attachments',
  'volumes',
  'snapshots',
  'servers',
  'glance',
  'stacks',
] as const

/** Volumes, servers and all that there may be a hundred thousand of: one round, no more than a tenth of the time. */
export function cloudManyJob(ctx: CloudContext, onRead: (changed: boolean) => Promise<void>): Job {
  const { state, cloud, clock } = ctx
  let changed = false

  const keep = async <T extends keyof ManyTables>(
    table: T,
    stored: Map<string, ManyTables[T]>,
    rows: AsyncIterable<ManyTables[T]>,
  ) => {
    const news = await compared(stored, rows)
    if (news.rows.length + news.gone.length === 0) return
    changed = true
    await writeMany(ctx.store, state.site, table, news)
    // Only now: what could not be written is news again at the next reading.
    for (const row of news.rows) stored.set(row.id, row)
    for (const id of news.gone) stored.delete(id)
  }

  const read = async () => {
    const { site } = state
    const at = clock.now()
    const tenantOf = (id: string) => tenants.get(id) ?? id
    let tenants = tenantNames(state.projects)
    await readKind(
      ctx,
      'identity',
      async () => [await cloud.identity()],
      ([identity]) => {
        state.identity = identity ?? null
      },
    )
    await readKind(
      ctx,
      'projects',
      () => cloud.projects(),
      (projects) => {
        state.projects = projects
        tenants = tenantNames(projects)
      },
    )
    await readKind(
      ctx,
      'types',
      () => cloud.volumeTypes(),
      (types) => {
        state.types = types
      },
    )
    await readKind(
      ctx,
      'attachments',
      () => cloud.attachments('all'),
      (attachments) => {
        state.attachments = byVolume(attachments)
      },
    )
    await readKind(
      ctx,
      'volumes',
      () => cloud.volumes('all'),
      (volumes) => {
        const pools = new Map(state.pools.map(({ pool }) => [pool.name, pool.location?.pool ?? null]))
        const known = state.attachments
        return keep(
          'cloud_volumes',
          state.volumes,
          mapped(volumes, (volume) => {
            const surroundings = {
              pool: poolOf(volume.host, pools),
              attachments: known?.get(volume.id) ?? null,
              tenant: tenantOf(volume.projectId),
            }
            const row = volumeRow(site, volume, surroundings, at)
            return known === null ? withFormer(row, state.volumes.get(volume.id)) : row
          }),
        )
      },
    )
    await readKind(
      ctx,
      'snapshots',
      () => cloud.snapshots('all'),
      (snapshots) =>
        keep(
          'cloud_snapshots',
          state.snapshots,
          mapped(snapshots, (one) => snapshotRow(site, one, at)),
        ),
    )
    await readKind(
      ctx,
      'servers',
      () => cloud.servers('all'),
      (servers) =>
        keep(
          'cloud_servers',
          state.servers,
          mapped(servers, (one) => serverRow(site, one, tenantOf(one.projectId), at)),
        ),
    )
    await readKind(
      ctx,
      'glance',
      () => cloud.glanceImages(),
      (images) =>
        keep(
          'cloud_images',
          state.images,
          mapped(images, (one) => imageRow(site, one, at)),
        ),
    )
    await readStacks(ctx)
  }

  return {
    name: 'cloud-many',
    nextAt: 0,
    async run() {
      const startedAt = clock.now()
      changed = false
      // Where nothing answers the lane waits, and then this is due at once.
      this.nextAt = startedAt
      try {
        await read()
        const tookMs = clock.now() - startedAt
        for (const kind of MANY) state.readings[kind].tookMs = tookMs
        this.nextAt = startedAt + paceMs('volumes', tookMs)
      } finally {
        await onRead(changed)
      }
    },
  }
}

const tenantNames = (projects: readonly Project[]) => new Map(projects.map(({ id, name }) => [id, name]))

/** `cinder@ceph#volumes` by its own pool; where that is listed no more, by any pool of its backend. */
function poolOf(host: string | null, pools: ReadonlyMap<string, string | null>): string | null {
  if (host === null) return null
  const own = pools.get(host)
  if (own !== undefined) return own
  const backend = backendOf(host)
  const others = new Set([...pools].filter(([name]) => backendOf(name) === backend).map(([, pool]) => pool))
  const [only = null] = others
  return others.size === 1 ? only : null
}

/** Attachments could not be read since the start: those that were known of the volume stand. */
const withFormer = (row: CloudVolumesTable, before: CloudVolumesTable | undefined): CloudVolumesTable =>
  before === undefined ? row : { ...row, attachments: before.attachments, rbd_pool: row.rbd_pool ?? before.rbd_pool }

function byVolume(attachments: readonly VolumeAttachment[]): Map<string, VolumeAttachment[]> {
  const found = new Map<string, VolumeAttachment[]>()
  for (const one of attachments) {
    const list = found.get(one.volumeId)
    if (list === undefined) found.set(one.volumeId, [one])
    else list.push(one)
  }
  return found
}

/** Rows of a long answer, with a breath in between. */
async function* mapped<T, Row>(things: readonly T[], row: (thing: T) => Row): AsyncGenerator<Row> {
  for (const [index, thing] of things.entries()) {
    if (index % SLICE === SLICE - 1) await breath()
    yield row(thing)
  }
}

/** What is new, is another or is gone. One that moved from page to page while they were read counts once, as last seen. */
async function compared<Row extends { readonly id: string; readonly changed_at: number }>(
  stored: ReadonlyMap<string, Row>,
  rows: AsyncIterable<Row>,
): Promise<Changed<Row>> {
  const news = new Map<string, Row>()
  const seen = new Set<string>()
  for await (const row of rows) {
    seen.add(row.id)
    const before = stored.get(row.id)
    if (before === undefined || !sameThing(before, row)) news.set(row.id, row)
    else news.delete(row.id)
  }
  return { rows: [...news.values()], gone: [...stored.keys()].filter((id) => !seen.has(id)) }
}
