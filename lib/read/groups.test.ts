import { beforeEach, expect, test } from 'vitest'
import type { Config } from '@/lib/config/config'
import { anAttachment, aServer, aVolume } from '@/lib/domain/cloud-fixture'
import type { Condition } from '@/lib/domain/group'
import { aGroup } from '@/lib/domain/group-fixture'
import { serverRow, volumeRow } from '@/lib/poller/cloud-rows'
import { cloudPicture } from '@/lib/store/cloud-picture'
import { writeMany } from '@/lib/store/cloud-write'
import { openStore, type Store } from '@/lib/store/database'
import { writeLook } from '@/lib/store/group-look'
import { resolveGroups } from '@/lib/store/group-resolve'
import { groupNamed } from '@/lib/store/groups'
import { migrate } from '@/lib/store/migrate'
import { readGroup, readGroupMembers, readGroups } from './groups'
import { readMoment } from './moment'

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
  for (const kind of ['volumes', 'servers'])
    await store
      .insertInto('cloud_readings')
      .values({ site: 'west', kind, observed_at: NOW - 1_000, took_ms: 10, error: '', things: 1 })
      .execute()
  await volume('v1', 'shop', 's1')
  await volume('v2', 'bank')
  const row = serverRow('west', aServer('s1', ['v1'], { name: 'web' }), 'shop', NOW)
  await writeMany(store, 'west', 'cloud_servers', { rows: [row], gone: [] })
  return () => store.destroy()
})

async function volume(id: string, tenant: string, serverId: string | null = null) {
  const attachments = serverId === null ? null : [anAttachment(`a-${id}`, id, serverId, ['north:6789'])]
  const row = volumeRow('west', aVolume(id, { name: id }), { pool: 'volumes', attachments, tenant }, NOW)
  await writeMany(store, 'west', 'cloud_volumes', { rows: [row], gone: [] })
}

async function look(name: string, at = NOW): Promise<void> {
  const group = await groupNamed(store, name)
  if (group === null) throw new Error(`no group ${name}`)
  const [resolved] = await resolveGroups([group.spec], await cloudPicture(store, 'west'))
  await writeLook(store, group, resolved?.found.members ?? [], at)
}

async function group(name: string, all: Condition[], more: Parameters<typeof aGroup>[2] = {}): Promise<void> {
  const spec = aGroup(name, all, more)
  await store
    .insertInto('protection_groups')
    .values({
      ...{ id: `g-${name}`, name, name_key: name, cloud: 'west', rpo_sec: null, priority: spec.priority, version: 1 },
      ...{ spec: JSON.stringify(spec), selection_version: 1, accepted_version: 0, created_at: 0, changed_at: 0 },
      ...{ created_by: '{}', changed_by: JSON.stringify({ kind: 'person', name: 'Anna', address: '' }) },
    })
    .execute()
  await look(name)
}

const moment = (at = NOW) => readMoment(store, config, at)
const lines = async (at = NOW) => (await readGroups(store, config, await moment(at))).groups

test('a part of a backend is told with the rest; members whose pool nobody reads are unknown, and not well', async () => {
  await group('shop', [{ on: 'tenant', is: 'shop' }])
  const view = await readGroup(store, config, 'Shop', await moment())
  expect(view.line).toMatchObject({ servers: 1, volumes: 1, readiness: 'not-ready', worst: { kind: 'unknown' } })
  expect(view.findings.map(({ detail }) => detail).join()).toContain('1 volume that is not in the group (v2)')
  expect(view).toMatchObject({ backend: null, backends: [{ host: 'cinder@ceph', taken: 2, inGroup: 1 }] })
})

test('all of a backend can move as a whole, and is ready only once everything of it is known', async () => {
  await group('all', [{ on: 'backend', is: 'cinder@ceph' }])
  const view = await readGroup(store, config, 'all', await moment())
  expect(view).toMatchObject({ backend: 'cinder@ceph', line: { readiness: 'unknown' } })
  expect(view.findings).toContainEqual(expect.objectContaining({ severity: 'pass', title: 'It can move as a whole' }))
})

test('drift is told from the first look on, and a member of two groups in both of them', async () => {
  await group('shop', [{ on: 'tenant', is: 'shop' }])
  await volume('v3', 'shop')
  await look('shop', NOW + 5)
  await group('three', [{ on: 'tenant', is: 's*' }], { priority: 1 })
  expect(await lines(NOW + 60_000)).toMatchObject([
    { name: 'three', drift: null, conflicts: 3 },
    { name: 'shop', drift: { joined: 1, left: 0, since: NOW + 5 }, conflicts: 3 },
  ])
  const page = await readGroupMembers(store, 'shop', { offset: 0, show: 'drift' }, await moment())
  expect(page).toMatchObject({ total: 1, rows: [{ name: 'v3', state: 'joined', why: 'tenant shop' }] })
})

test('a group that is kept apart from a volume of its server says where it is cut', async () => {
  await group('shop', [{ on: 'server', is: 'web' }], { selection: { except: { volumes: ['v1'], servers: [] } } })
  const { findings } = await readGroup(store, config, 'shop', await moment())
  expect(findings.map(({ detail }) => detail).join()).toContain('server web is in the group without the volume v1')
})

test('a group that is not there is named', async () => {
  await expect(readGroup(store, config, 'gone', await moment())).rejects.toThrow('there is no group gone')
})
