import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import { anAttachment, aServer, aVolume } from '@/lib/domain/cloud-fixture'
import type { GroupSpec } from '@/lib/domain/group'
import { aGroup } from '@/lib/domain/group-fixture'
import { serverRow, volumeRow } from '@/lib/poller/cloud-rows'
import { writeMany } from '@/lib/store/cloud-write'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import {
  acceptDriftAction,
  changeGroupAction,
  createGroupAction,
  deleteGroupAction,
  previewGroupAction,
} from './groups'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const HOME = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }
let now = 10_000
let store: Store

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
  now = 10_000
  asked.headers = new Headers(HOME)
  asked.context = {
    store,
    clock: { now: () => now, sleep: async () => {} },
    sites: ['west', 'north'],
    cloud: (site: string) => (site === 'west' ? {} : null),
  }
  for (const kind of ['volumes', 'servers'])
    await store
      .insertInto('cloud_readings')
      .values({ site: 'west', kind, observed_at: now, error: '', things: 1 })
      .execute()
  await volume('v1', 'shop', 's1')
  await volume('v2', 'bank')
  const row = serverRow('west', aServer('s1', ['v1'], { name: 'web' }), 'shop', now)
  await writeMany(store, 'west', 'cloud_servers', { rows: [row], gone: [] })
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  return () => store.destroy()
})

async function volume(id: string, tenant: string, serverId: string | null = null, name = `disk ${id}`) {
  const attachments = serverId === null ? null : [anAttachment(`a-${id}`, id, serverId, ['north:6789'])]
  const row = volumeRow('west', aVolume(id, { name }), { pool: 'volumes', attachments, tenant }, now)
  await writeMany(store, 'west', 'cloud_volumes', { rows: [row], gone: [] })
}

const shop = aGroup('shop', [{ on: 'tenant', is: 'shop' }])
const create = (spec: GroupSpec = shop, requestId: string = crypto.randomUUID()) =>
  createGroupAction({ requestId, spec })
async function created(spec: GroupSpec = shop): Promise<string> {
  const answer = await create(spec)
  if (!answer.ok) throw new Error(answer.message)
  return answer.value.id
}
const groups = () => store.selectFrom('protection_groups').selectAll().execute()
const members = async () =>
  (await store.selectFrom('group_members').selectAll().orderBy('member_id').execute()).map(
    ({ member_id, state }) => `${member_id} ${state}`,
  )
const audited = async () => (await store.selectFrom('audit').select('action').execute()).map(({ action }) => action)

const calls = {
  createGroupAction: () => create(),
  changeGroupAction: () => changeGroupAction({ id: 'g-x', version: 1, spec: shop }),
  deleteGroupAction: () => deleteGroupAction({ id: 'g-x', version: 1, typed: 'shop' }),
  acceptDriftAction: () => acceptDriftAction({ id: 'g-x', seenAt: now }),
  previewGroupAction: () => previewGroupAction({ id: null, spec: shop, offset: 0 }),
}

test.each(Object.entries(calls))('a viewer is refused: %s', async (_, call) => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
  expect(await store.selectFrom('audit').select(['action', 'outcome']).execute()).toEqual([
    { action: 'group:edit', outcome: 'refused' },
  ])
  expect(await groups()).toEqual([])
})

test('a group is kept with those that it has now as accepted and one audit row; a double click is one group', async () => {
  const requestId = crypto.randomUUID()
  const first = await create(shop, requestId)
  expect(await create(shop, requestId)).toEqual(first)
  expect(await groups()).toMatchObject([
    { name: 'shop', cloud: 'west', version: 1, selection_version: 1, accepted_version: 1 },
  ])
  expect(await members()).toEqual(['s1 accepted', 'v1 accepted'])
  expect(await audited()).toEqual(['group:create'])
})

test('a member that another group has is refused with both names, and nothing is saved', async () => {
  await created()
  const answer = await create(aGroup('web servers', [{ on: 'server', is: 'web' }]))
  expect(answer).toMatchObject({ ok: false, code: 'refused' })
  expect(answer.ok ? '' : answer.message).toMatch(/server web would be in “shop” and “web servers”/)
  const id = await created(aGroup('bank', [{ on: 'tenant', is: 'bank' }]))
  const wider = aGroup('bank', [{ on: 'tenant', is: '*' }])
  expect(await changeGroupAction({ id, version: 1, spec: wider })).toMatchObject({ ok: false, code: 'refused' })
  expect((await groups()).map(({ name, version }) => `${name} ${version}`).sort()).toEqual(['bank 1', 'shop 1'])
})

test('of two people who edit at once the second is told who was first, and loses nothing of theirs', async () => {
  const id = await created()
  expect(await changeGroupAction({ id, version: 1, spec: { ...shop, rpoSec: 60 } })).toMatchObject({ ok: true })
  const second = await changeGroupAction({ id, version: 1, spec: { ...shop, rpoSec: 3600 } })
  expect(second).toMatchObject({ ok: false, code: 'conflict' })
  expect(second.ok ? '' : second.message).toContain('local operator has changed this group since you opened it')
  expect(await groups()).toMatchObject([{ rpo_sec: 60, version: 2 }])
  expect(await deleteGroupAction({ id, version: 1, typed: 'shop' })).toMatchObject({ ok: false, code: 'conflict' })
})

test('what makes no sense is refused in words', async () => {
  await created()
  const hand = (volumes: string[]) => aGroup('b', [], { selection: { byHand: { volumes, servers: [] } } })
  await volume('v3', 'lab', null, 'twin')
  await volume('v4', 'lab', null, 'twin')
  const refusals: [unknown, string, string][] = [
    [aGroup('', []), 'invalid', 'a group needs a name'],
    [aGroup('new', []), 'invalid', 'taken by the console'],
    [aGroup('a/b', []), 'invalid', 'part of an address'],
    [aGroup('b', []), 'invalid', 'without a rule and without a member'],
    [aGroup('SHOP', [{ on: 'tenant', is: 'lab' }]), 'conflict', 'a group called “shop” already'],
    [{ ...shop, name: 'b', cloud: 'north' }, 'invalid', 'north has no cloud'],
    [{ ...shop, rpoSec: 0 }, 'invalid', 'the RPO is at least 1 s'],
    [{ ...shop, priority: 9 }, 'invalid', 'a priority is 1 to 5'],
    [aGroup('b', [], { selection: { rules: [{ all: [] }] } }), 'invalid', 'a rule needs a condition'],
    [{ ...shop, stages: [{ match: [], gates: [] }] }, 'invalid', 'a stage names servers'],
    [gated({ kind: 'port', host: 'db', port: 0 }), 'invalid', 'a port is 1 to 65535'],
    [gated({ kind: 'http', url: 'ftp://db/', status: 200 }), 'invalid', 'begins with http'],
    [gated({ kind: 'human', question: ' ' }), 'invalid', 'the question is missing'],
    [hand(['nobody']), 'invalid', 'has no volume “nobody”'],
    [hand(['twin']), 'invalid', '2 volumes are called “twin” (v3, v4): give the id'],
  ]
  for (const [spec, code, message] of refusals)
    expect(await create(spec as GroupSpec), message).toMatchObject({
      ok: false,
      code,
      message: expect.stringContaining(message),
    })
  expect(await groups()).toHaveLength(1)
})

const gated = (gate: GroupSpec['stages'][number]['gates'][number]): GroupSpec => ({
  ...shop,
  stages: [{ match: [{ by: 'name', name: '*' }], gates: [gate] }],
})

test('a name by hand is kept as the id', async () => {
  const id = await created(aGroup('b', [], { selection: { byHand: { volumes: ['disk v2'], servers: [] } } }))
  const row = (await groups()).find((one) => one.id === id)
  expect((JSON.parse(row?.spec ?? '{}') as GroupSpec).selection.byHand.volumes).toEqual(['v2'])
})

test('an edit that does not touch who is a member leaves drift that nobody accepted; another selection is seen anew', async () => {
  const id = await created()
  await volume('v5', 'shop')
  await changeGroupAction({ id, version: 1, spec: { ...shop, rpoSec: 60 } })
  expect(await members()).toEqual(['s1 accepted', 'v1 accepted', 'v5 joined'])
  const wider = aGroup('shop', [{ on: 'tenant', is: 's*' }], { rpoSec: 60 })
  await changeGroupAction({ id, version: 2, spec: wider })
  expect(await members()).toEqual(['s1 accepted', 'v1 accepted', 'v5 accepted'])
})

test('drift is accepted up to what was seen, and no further', async () => {
  const id = await created()
  await volume('v5', 'shop')
  now = 20_000
  await changeGroupAction({ id, version: 1, spec: { ...shop, rpoSec: 60 } })
  await volume('v6', 'shop')
  now = 30_000
  await changeGroupAction({ id, version: 2, spec: { ...shop, rpoSec: 61 } })
  expect(await acceptDriftAction({ id, seenAt: 25_000 })).toEqual({ ok: true, value: { joined: 1, left: 0 } })
  expect(await members()).toEqual(['s1 accepted', 'v1 accepted', 'v5 accepted', 'v6 joined'])
  expect(await acceptDriftAction({ id: 'g-gone', seenAt: 1 })).toMatchObject({ ok: false, code: 'missing' })
})

test('a preview says whom the group would have, which rule finds how many, and who is taken already', async () => {
  await created()
  const spec = aGroup('b', [{ on: 'tenant', is: 'bank' }], {
    selection: {
      rules: [{ all: [{ on: 'tenant', is: 'bank' }] }, { all: [{ on: 'server', is: 'web' }] }],
    },
  })
  const answer = await previewGroupAction({ id: null, spec, offset: 0 })
  expect(answer).toMatchObject({ ok: true, value: { volumes: 2, servers: 1, perRule: [1, 1] } })
  expect(answer.ok ? answer.value.conflict : '').toContain('“b” and “shop”')
  expect(await previewGroupAction({ id: null, spec, offset: 2 })).toMatchObject({ value: { rows: [{}] } })
  expect(await groups()).toHaveLength(1)
})

test('a group is deleted where its name is typed; the audit trail keeps what it was', async () => {
  const id = await created()
  expect(await deleteGroupAction({ id, version: 1, typed: 'shp' })).toMatchObject({ ok: false, code: 'invalid' })
  expect(await deleteGroupAction({ id, version: 1, typed: 'shop' })).toMatchObject({ ok: true })
  expect([await groups(), await members()]).toEqual([[], []])
  expect(await deleteGroupAction({ id, version: 1, typed: 'shop' })).toMatchObject({ code: 'missing' })
  expect(await audited()).toEqual(['group:create', 'group:delete'])
})
