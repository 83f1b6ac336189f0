import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import { type CinderWorld, cinderWorld } from '@/lib/engine/tiny-cinder'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import type { CinderIntent } from '@/lib/views/cinder-failover'
import type { SetUpPreview } from '@/lib/views/set-up'
import { lookAtBackendsAction, previewCinderAction, startCinderAction } from './cinder-failover'
import { cinderConsole } from './cinder-fixture'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const HOME = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }
const intent: CinderIntent = { cloud: 'west', host: 'cinder@ceph', target: 'secondary', clients: 'wait' }
const requestId = '7e6f1d9e-6a3c-4b0e-9f57-0d8a3f6f2f11'

let world: CinderWorld
let store: Store

beforeEach(async () => {
  world = cinderWorld()
  store = openStore(':memory:')
  await migrate(store)
  asked.headers = new Headers(HOME)
  asked.context = await cinderConsole(world, store)
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  return () => store.destroy()
})

const looked = async (wanted = intent): Promise<SetUpPreview> => {
  const answer = await previewCinderAction(wanted)
  if (!answer.ok) throw new Error(answer.message)
  return answer.value
}
const start = (planHash: string | null, typed: string, consents: string[] = ['spoiled-volumes']) =>
  startCinderAction({ requestId, intent, planHash: planHash ?? 'none', typed, consents })

test.each([
  ['look at backends', () => lookAtBackendsAction({})],
  ['preview', () => previewCinderAction(intent)],
  ['start', () => start('x', 'west')],
])('a viewer is refused: %s', async (_, act) => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  const answer = await act()
  if (answer.ok) expect.fail('a viewer was let in')
  expect(answer.code).toBe('forbidden')
})

test('the backends of each cloud are named with where they may go', async () => {
  const answer = await lookAtBackendsAction({})
  expect(answer).toMatchObject({
    ok: true,
    value: {
      silent: [],
      backends: [
        { cloud: 'west', host: 'cinder@ceph', serves: 'west', targets: [{ name: 'secondary', site: 'north' }] },
      ],
    },
  })
})

test('the preview names servers, volumes, what is spoiled and every request; a start wants the site typed and the consent', async () => {
  const preview = await looked()
  expect(preview).toMatchObject({
    procedure: 'cinder-failover',
    from: 'west',
    to: 'north',
    typedSite: 'west',
    refusal: null,
  })
  expect(preview.changes.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['backend cinder@ceph', 'server server app', 'server server db', 'volume disk scratch']),
  )
  expect(preview.findings).toContainEqual(expect.objectContaining({ consent: 'spoiled-volumes' }))
  const lines = preview.steps.flatMap(({ commands }) => commands.map(({ line }) => line))
  expect(lines.some((line) => line.startsWith('curl') && line.includes('failover_host'))).toBe(true)
  expect(await start(preview.planHash, 'north')).toMatchObject({ ok: false, message: expect.stringContaining('west') })
  expect(await start(preview.planHash, 'west', [])).toMatchObject({ ok: false })
  const started = await start(preview.planHash, 'west')
  expect(started).toMatchObject({ ok: true })
  // A double click is one run.
  expect(await start(preview.planHash, 'west')).toEqual(started)
  expect(await store.selectFrom('run_members').select('key').where('key', 'like', 'server:%').execute()).toHaveLength(2)
})

const by = JSON.stringify({ kind: 'person', name: 'Anna', address: '' })
const suspended = () =>
  store
    .insertInto('suspensions')
    .values({
      ...{ id: 's-1', pair: 'north~west', from_site: null, pools: '[]', reason: 'fibre is spliced', by, starts_at: 1 },
      ...{ ends_at: 4e12, created_at: 1, extensions: '[]', ended_at: null, ended_by: null, end_reason: '' },
      ...{ progress: null, closed_at: null, closed_by: null, close_reason: '' },
    })
    .execute()

test('in a suspension a backend asks first as images do, and starts only with the consent', async () => {
  await suspended()
  const preview = await looked()
  expect(preview.findings).toContainEqual(expect.objectContaining({ check: 'statement', consent: 'suspension:s-1' }))
  const refused = await start(preview.planHash, 'west')
  expect(refused).toMatchObject({ ok: false, message: expect.stringContaining('is suspended') })
  expect(await start(preview.planHash, 'west', ['spoiled-volumes', 'suspension:s-1'])).toMatchObject({ ok: true })
})

test('clones in snapshot mode are asked of where Cinder promotes them', async () => {
  world.add('volume-data', 'snapshot', 'volume-root')
  await store
    .updateTable('images')
    .set({
      mode: 'snapshot',
      parent_pool: 'volumes',
      parent_namespace: '',
      parent_name: 'volume-root',
      parent_mirrored: 1,
    })
    .where('name', '=', 'volume-data')
    .execute()
  const { findings } = await looked()
  expect(findings).toContainEqual(expect.objectContaining({ consent: 'torn-clones' }))
})

test.each<[string, (tiny: CinderWorld['tinyCloud']) => void, string, Partial<CinderIntent>]>([
  [
    'a ghost',
    (tiny) => void tiny.volume('g', { replicationStatus: null, status: 'error' }),
    'replication status is null',
    {},
  ],
  ['a part of the backend', () => {}, 'not in the choice', { volumes: ['root'] }],
  [
    'what serves there already',
    (tiny) => void Object.assign(tiny.service, { activeBackendId: 'secondary' }),
    'serves from north already',
    {},
  ],
  ['a backend that somebody froze', (tiny) => void Object.assign(tiny.service, { frozen: true }), 'frozen already', {}],
  ['a replicated volume whose image nobody knows', (tiny) => void tiny.volume('late'), 'without a mirrored image', {}],
])('%s is refused before anything is changed, with the way out', async (_, spoil, reason, change) => {
  spoil(world.tinyCloud)
  const answer = await previewCinderAction({ ...intent, ...change })
  const said = answer.ok ? `${answer.value.refusal}` : answer.message
  expect(said).toContain(reason)
  if (answer.ok) expect(answer.value.planHash).toBeNull()
  expect(world.commands).toEqual([])
})

test('a backend that is not there, and a site without a cloud, are named', async () => {
  expect(await previewCinderAction({ ...intent, host: 'other@ceph' })).toMatchObject({
    ok: false,
    message: 'The cloud of west has no cinder-volume other@ceph.',
  })
  expect(await previewCinderAction({ ...intent, cloud: 'north' })).toMatchObject({
    ok: false,
    message: expect.stringContaining('north has no cloud'),
  })
})
