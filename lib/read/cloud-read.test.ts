import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '@/lib/config/config'
import { anAttachment, aServer, aVolume } from '@/lib/domain/cloud-fixture'
import { imageRow, serverRow, volumeRow } from '@/lib/poller/cloud-rows'
import { writeCloud, writeMany } from '@/lib/store/cloud-write'
import { openStore, type Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import { migrate } from '@/lib/store/migrate'
import { ImagesRequest } from '@/lib/views/images-filter'
import { ServersRequest } from '@/lib/views/servers'
import { readClouds } from './clouds'
import { readImage } from './image'
import { readImages } from './images'
import { readMoment } from './moment'
import { readServers } from './servers'

const NOW = 10_000_000
const config = {
  objectives: { rpo: 120, rto: 1800 },
  pools: {},
  sites: [{ name: 'north' }, { name: 'west', openstack: { backends: {} } }],
} as unknown as Config

let store: Store

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
  for (const name of ['north', 'west']) {
    const facts_json = JSON.stringify({
      ...FACTS,
      fsid: name,
      monAddresses: [`${name}:3300`],
      monEndpoints: [`${name}:6789`],
    })
    await store
      .insertInto('sites')
      .values({ name, state: 'ok', error: '', failures: 0, last_ok_at: NOW, round_ms: 400, facts_json, facts_at: NOW })
      .execute()
    for (const pool of ['volumes', 'images']) {
      await store
        .insertInto('pool_readings')
        .values({ site: name, pool, pair: 'north~west', mode: 'image', error: '', images: 0, observed_at: NOW - 1000 })
        .execute()
    }
  }
  await writeCloud(
    store,
    'west',
    {
      cloud: { site: 'west', state: 'ok', last_ok_at: NOW, silent_since: null, error: '', report: null },
      readings: ['volumes', 'servers'].map((kind) => reading(kind, NOW - 5_000)),
      orphans: ['north~west/volumes//volume-lost'],
      manyChanged: true,
    },
    NOW,
  )
})

afterEach(() => store.destroy())

const FACTS = {
  health: { status: 'HEALTH_OK', checks: [] },
  ...{ version: '16.2.15', totalBytes: 1, usedBytes: 0, availableBytes: 1, pools: [], osdsUp: 1, osdsTotal: 1 },
}

const reading = (kind: string, observed_at: number) => ({
  site: 'west',
  kind,
  observed_at,
  took_ms: 100,
  error: '',
  things: 1,
  json: null,
})

async function image(name: string, more: Partial<ImagesTable> = {}): Promise<void> {
  await store
    .insertInto('images')
    .values({
      ...{ id: `north~west/${more.pool ?? 'volumes'}//${name}`, pair: 'north~west', pool: 'volumes', namespace: '' },
      ...{ global_id: name, name, mode: 'journal', left_role: 'non-primary', right_role: 'primary' },
      ...{ left_state: 'replaying', right_state: 'stopped', left_up: 1, right_up: 1 },
      ...{ left_description: '', right_description: '', left_image_id: 'a', right_image_id: 'b', primary_site: 'west' },
      ...{ verdict: 'following', verdict_text: '', severity: 0, caught_up: 0, sampled: 0, held_grade: 'measured' },
      ...{ held_until_at: NOW - 10_000, held_text: '', objective_sec: 120, breach_at: NOW + 110_000, changed_at: 0 },
      ...more,
    })
    .execute()
}

const SURROUNDINGS = { pool: 'volumes', attachments: null, tenant: 'shop' }

async function volume(id: string, change: Parameters<typeof aVolume>[1] = {}, serverId: string | null = null) {
  const attachments = serverId === null ? null : [anAttachment(`a-${id}`, id, serverId, ['north:6789'])]
  const row = volumeRow('west', aVolume(id, change), { ...SURROUNDINGS, attachments }, NOW)
  await writeMany(store, 'west', 'cloud_volumes', { rows: [row], gone: [] })
}

async function server(id: string, volumeIds: string[], name = id) {
  const row = serverRow('west', aServer(id, volumeIds, { name }), 'shop', NOW)
  await writeMany(store, 'west', 'cloud_servers', { rows: [row], gone: [] })
}

async function found(asked: Record<string, string>): Promise<string[]> {
  const request = ImagesRequest.parse({ sort: 'name', ...asked })
  const short = await readImages(store, request, await readMoment(store, config, NOW))
  // In tiers, as a long list is read: another way to the same rows.
  const long = await readImages(store, request, await readMoment(store, config, NOW), 0)
  expect(long.rows.map(({ id }) => id)).toEqual(short.rows.map(({ id }) => id))
  return short.rows.map(({ name }) => name)
}

test('an image is found by volume, server and tenant, and filtered by them', async () => {
  for (const name of ['volume-v1', 'volume-v2', 'volume-lost', 'db']) await image(name)
  await volume('v1', { name: 'orders', typeName: 'gold' }, 's1')
  await volume('v2', { name: 'logs' })
  await server('s1', ['v1'], 'web-1')
  expect(await found({ q: 'orders' })).toEqual(['volume-v1'])
  expect(await found({ q: 'web-1' })).toEqual(['volume-v1'])
  expect(await found({ q: 'shop' })).toEqual(['volume-v1', 'volume-v2'])
  expect(await found({ server: 'web-1' })).toEqual(['volume-v1'])
  expect(await found({ server: 's1' })).toEqual(['volume-v1'])
  expect(await found({ tenant: 'shop' })).toEqual(['volume-v1', 'volume-v2'])
  expect(await found({ tenant: 'nobody' })).toEqual([])
  expect(await found({ type: 'gold' })).toEqual(['volume-v1'])
  expect(await found({ cloud: 'volumes' })).toEqual(['volume-v1', 'volume-v2'])
  expect(await found({ cloud: 'orphans' })).toEqual(['volume-lost'])
})

test('a row says volume, server and tenant; a Glance image and an orphan say what they are', async () => {
  await image('volume-v1')
  await image('volume-lost')
  await image('g1', { pool: 'images' })
  await volume('v1', { name: 'orders', glanceImageId: 'g1' }, 's1')
  await server('s1', ['v1'], 'web-1')
  const glance = { id: 'g1', name: 'debian', status: 'active', projectId: 'p', visibility: 'public', sizeBytes: 1 }
  const row = imageRow('west', { ...glance, locations: ['rbd://west/images/g1/snap'] }, NOW)
  await writeMany(store, 'west', 'cloud_images', { rows: [row], gone: [] })
  const { rows } = await readImages(store, ImagesRequest.parse({ sort: 'name' }), await readMoment(store, config, NOW))
  expect(rows.map(({ cloud }) => [cloud?.kind, cloud?.name, cloud?.servers[0]?.name, cloud?.madeFrom?.name])).toEqual([
    ['glance', 'debian', undefined, undefined],
    ['orphan', '', undefined, undefined],
    ['volume', 'orders', 'web-1', 'debian'],
  ])
  const detail = await readImage(store, 'north~west/volumes//volume-v1', NOW)
  expect(detail.cloud).toMatchObject({
    tenant: 'shop',
    madeFromImageId: 'north~west/images//g1',
    readAt: NOW - 5_000,
    attachments: [{ serverName: 'web-1', monitors: ['north:6789'], leadsTo: ['north'] }],
  })
})

test('of a volume that is gone nothing is left, its servers neither', async () => {
  await image('volume-v1')
  await volume('v1', {}, 's1')
  await writeMany(store, 'west', 'cloud_volumes', { rows: [], gone: ['v1'] })
  expect(await found({ cloud: 'volumes' })).toEqual([])
  expect(await store.selectFrom('cloud_volume_servers').selectAll().execute()).toEqual([])
})

const servers = async (asked: Record<string, string> = {}) =>
  readServers(store, config, ServersRequest.parse(asked), await readMoment(store, config, NOW))

test('servers stand worst first: one without a copy, one unknown, then by what is held; tenants by all their volumes', async () => {
  await image('volume-v1')
  await image('volume-v2', { held_until_at: NOW - 60_000 })
  await image('volume-v3', { held_until_at: null, verdict: 'unknown' })
  await image('volume-v5', { verdict: 'split-brain', held_until_at: null })
  for (const id of ['v1', 'v2', 'v3', 'v5']) await volume(id)
  await volume('v4', { replicationStatus: 'disabled' })
  await server('young', ['v1'])
  await server('old', ['v1', 'v2'])
  await server('dark', ['v3'])
  await server('plain', ['v1', 'v4'])
  await server('split', ['v5'])
  await server('bare', [])
  await server('odd', ['nowhere'])
  const { rows, total, readAt, stale } = await servers()
  expect(rows.map(({ name, worst }) => [name, worst.kind])).toEqual([
    ['plain', 'no-copy'],
    ['split', 'no-copy'],
    ['dark', 'unknown'],
    ['odd', 'unknown'],
    ['old', 'held'],
    ['young', 'held'],
    ['bare', 'none'],
  ])
  expect({ total, readAt, stale }).toEqual({ total: 7, readAt: NOW - 5_000, stale: [] })
  expect(rows[4]?.worst).toMatchObject({ heldUntilAt: NOW - 60_000, breachAt: NOW + 60_000 })
  const tenants = await servers({ by: 'tenant' })
  expect(tenants.rows).toMatchObject([{ name: 'shop', servers: 7, worst: { kind: 'no-copy', volumes: 5 } }])
  expect((await servers({ q: 'OLD' })).rows.map(({ name }) => name)).toEqual(['old'])
})

test('a clone is worth no more than its parent', async () => {
  await image('base', { pool: 'images', verdict: 'no-copy', held_until_at: null })
  const parent = { parent_pool: 'images', parent_namespace: '', parent_name: 'base', parent_mirrored: 1 }
  await image('volume-v1', parent)
  await volume('v1')
  await server('s', ['v1'])
  expect((await servers()).rows[0]?.worst).toMatchObject({ kind: 'no-copy', why: expect.stringContaining('parent') })
})

test('what is read no more is unknown, never held', async () => {
  await image('volume-v1')
  await volume('v1')
  await server('s', ['v1'])
  await store
    .updateTable('pool_readings')
    .set({ observed_at: NOW - 600_000 })
    .where('site', '=', 'north')
    .execute()
  expect((await servers()).rows[0]?.worst).toMatchObject({ kind: 'unknown', why: expect.stringContaining('copy') })
})

test('a cloud that has not been read for long says so beside its servers', async () => {
  await server('s', [])
  await store
    .updateTable('cloud_readings')
    .set({ observed_at: NOW - 600_000 })
    .execute()
  expect((await servers()).stale).toEqual(['west'])
})

test('a configured cloud is there before anything was read of it', async () => {
  await store.deleteFrom('clouds').execute()
  const { clouds } = await readClouds(store, config, NOW)
  expect(clouds.map(({ site, state, report }) => [site, state, report])).toEqual([['west', 'new', null]])
})
