import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import { BareWorld } from '@/lib/engine/bare-world'
import type { ClusterContext } from '@/lib/services/context'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import type { SetUpIntent, SetUpPreview, TakeDownIntent } from '@/lib/views/set-up'
import {
  lookAtGroundAction,
  previewSetUpAction,
  previewTakeDownAction,
  startSetUpAction,
  startTakeDownAction,
} from './set-up'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const HOME = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }
const intent: SetUpIntent = {
  ...{ from: 'west', to: 'north', ways: 'two-way', peering: { kind: 'token' } },
  pools: [{ name: 'volumes', mode: 'image' }],
  images: { kind: 'all', mode: 'journal' },
  schedules: [],
}
const down: TakeDownIntent = { from: 'west', to: 'north', part: 'all', pools: ['volumes'] }
const requestId = '7e6f1d9e-6a3c-4b0e-9f57-0d8a3f6f2f11'

let world: BareWorld
let store: Store

beforeEach(async () => {
  world = new BareWorld()
  world.add('parent')
  world.add('clone', 'parent')
  store = openStore(':memory:')
  await migrate(store)
  asked.headers = new Headers(HOME)
  const clock = { now: () => Date.now(), sleep: async () => {} }
  asked.context = {
    ...{ store, clock, sites: ['west', 'north'], objectives: { defaultSec: 120, pools: {} } },
    mirror: (site) => world.port(site),
    cluster: (site) => world.cluster(site),
  } satisfies Omit<ClusterContext, 'actor' | 'role'>
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  return () => store.destroy()
})

const start = (planHash: string, typed: string, wanted = intent) =>
  startSetUpAction({ requestId, intent: wanted, planHash, typed })
const looked = async (wanted = intent): Promise<SetUpPreview> => {
  const answer = await previewSetUpAction(wanted)
  if (!answer.ok) throw new Error(answer.message)
  return answer.value
}

test.each([
  ['lookAtGround', () => lookAtGroundAction({ from: 'west', to: 'north', pools: [] })],
  ['previewSetUp', () => previewSetUpAction(intent)],
  ['startSetUp', () => start('x', 'north')],
  ['previewTakeDown', () => previewTakeDownAction(down)],
  ['startTakeDown', () => startTakeDownAction({ requestId, intent: down, planHash: 'x', typed: 'north' })],
])('a viewer is refused: %s', async (_, call) => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
  expect(await store.selectFrom('audit').select('outcome').execute()).toEqual([{ outcome: 'refused' }])
  expect(world.commands).toEqual([])
})

test('what both sites have is told before anything is chosen', async () => {
  expect(await lookAtGroundAction({ from: 'west', to: 'north', pools: ['volumes'] })).toMatchObject({
    ok: true,
    value: {
      sameFsid: false,
      pools: [{ name: 'volumes', objectiveSec: 120, from: { mode: 'disabled' }, to: { mode: 'disabled' } }],
      images: [{ spec: 'volumes/parent' }, { spec: 'volumes/clone', parent: 'volumes/parent' }],
    },
  })
  expect(await lookAtGroundAction({ from: 'west', to: 'south', pools: [] })).toMatchObject({
    ok: false,
    code: 'invalid',
  })
  world.dead.add('north')
  expect(await lookAtGroundAction({ from: 'west', to: 'north', pools: [] })).toMatchObject({ code: 'unreachable' })
})

test('a set-up is started as it was shown, once, with the name of the site that gets the copies', async () => {
  const { planHash, typedSite, changes, script, images } = await looked()
  expect({ typedSite, images }).toEqual({ typedSite: 'north', images: 2 })
  expect(changes.map(({ name, effect }) => `${name} ${effect}`)).toEqual([
    'pool volumes at west changes',
    'pool volumes at north changes',
    'peer of pool volumes at north changes',
    'volumes/parent changes',
    'volumes/clone changes',
  ])
  expect(script).toContain(' | ')
  expect(await start(planHash ?? '', 'west')).toMatchObject({ ok: false, code: 'invalid' })
  expect(await start('another', 'north')).toMatchObject({ ok: false, code: 'conflict' })
  const first = await start(planHash ?? '', 'north')
  expect(first).toMatchObject({ ok: true })
  expect(await start(planHash ?? '', 'north')).toEqual(first)
  const runs = await store.selectFrom('runs').select(['procedure', 'title']).execute()
  expect(runs).toEqual([{ procedure: 'set-up', title: 'Set up mirroring from west to north: 2 images' }])
  expect(await store.selectFrom('audit').select('action').execute()).toEqual([{ action: 'run:start' }])
  expect(world.commands).toEqual([])
})

test('what is mirrored already is taken down with the name of the site that loses its copies', async () => {
  for (const one of world.images.values()) {
    one.mode = 'journal'
    one.copy = 'journal'
  }
  for (const site of ['west', 'north'])
    world.pools.set(site, { pool: 'volumes', mode: 'image', siteName: site, peers: [] })
  const user = { entity: 'client.rbd-mirror-peer', caps: { mon: 'profile rbd-mirror-peer', osd: 'profile rbd' } }
  world.users.push(user, { entity: 'client.admin', caps: { mon: 'allow *' } })
  const answer = await previewTakeDownAction(down)
  if (!answer.ok) throw new Error(answer.message)
  const { planHash, typedSite, changes, findings } = answer.value
  expect(typedSite).toBe('north')
  expect(changes.filter(({ effect }) => effect === 'deletes').map(({ name }) => name)).toEqual([
    'volumes/parent',
    'volumes/clone',
  ])
  expect(findings.map(({ title }) => title)).toContain('2 copies at north are deleted')
  // What stays is said with the command that takes it away.
  expect(findings.filter(({ check }) => check === 'users')).toMatchObject(
    ['west', 'north'].map((site) => ({
      ...{ title: `The user client.rbd-mirror-peer stays at ${site}`, command: 'ceph auth rm client.rbd-mirror-peer' },
    })),
  )
  expect(findings.map(({ title }) => title)).toContain('exclusive-lock stays on at 2 images')
  const begin = (typed: string) => startTakeDownAction({ requestId, intent: down, planHash: planHash ?? '', typed })
  expect(await begin('west')).toMatchObject({ ok: false, code: 'invalid' })
  expect(await begin('north')).toMatchObject({ ok: true })
})

const by = JSON.stringify({ kind: 'person', name: 'Anna', address: '' })

function mirrored(): void {
  for (const one of world.images.values()) one.copy = one.mode = 'journal'
  for (const site of ['west', 'north'])
    world.pools.set(site, { pool: 'volumes', mode: 'image', siteName: site, peers: [] })
}

test('in a suspension nothing is taken down without a word, and the word is kept with the run', async () => {
  mirrored()
  await store
    .insertInto('suspensions')
    .values({
      ...{ id: 's-1', pair: 'north~west', from_site: null, pools: '["volumes"]', reason: 'fibre is spliced', by },
      ...{ starts_at: 1, ends_at: Date.now() + 3600_000, created_at: 1, extensions: '[]', ended_at: null },
      ...{ ended_by: null, end_reason: '', progress: null, closed_at: null, closed_by: null, close_reason: '' },
    })
    .execute()
  const answer = await previewTakeDownAction(down)
  if (!answer.ok) throw new Error(answer.message)
  expect(answer.value.findings[0]).toMatchObject({
    consent: 'suspension:s-1',
    evidence: expect.stringContaining('Anna'),
  })
  const approved = { requestId, intent: down, planHash: answer.value.planHash ?? '', typed: 'north' }
  expect(await startTakeDownAction(approved)).toMatchObject({ ok: false, code: 'refused' })
  expect(await startTakeDownAction({ ...approved, consents: ['suspension:s-1'] })).toMatchObject({ ok: true })
  const { plan } = await store.selectFrom('runs').select('plan').executeTakeFirstOrThrow()
  expect(JSON.parse(plan)).toMatchObject({ asks: ['suspension:s-1'] })
})

test('an image that is kept on both sides on purpose is not taken down, with the reason', async () => {
  mirrored()
  await store
    .insertInto('kept_apart')
    .values({
      ...{ id: 'k-1', image_id: 'north~west/volumes//g-clone', name: 'volumes/clone', pair: 'north~west', by },
      ...{ reason: 'two tenants', created_at: 1, parted_at: 1, meter: null, measured_at: null, ended_at: null },
      ...{ ended_by: null, end_reason: '' },
    })
    .execute()
  const answer = await previewTakeDownAction({ ...down, part: 'images' })
  if (!answer.ok) throw new Error(answer.message)
  expect(answer.value.setAside).toMatchObject([
    { name: 'volumes/clone', reason: 'kept on both sides on purpose (two tenants): end that first' },
  ])
  expect(await previewTakeDownAction(down)).toMatchObject({
    value: { planHash: null, refusal: expect.stringContaining('two tenants') },
  })
})

test('no key and no token is in what the browser is given', async () => {
  const by = await looked({ ...intent, peering: { kind: 'by-hand', client: 'client.rbd-mirror-peer' } })
  expect(JSON.stringify(by)).not.toContain('not-for-any-eye')
  expect(
    await previewSetUpAction({ ...intent, peering: { kind: 'by-hand', client: 'client.x', key: 'AQ==' } }),
  ).toMatchObject({
    ...{ ok: false, code: 'invalid' },
  })
})
