import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import { TinyWorld } from '@/lib/engine/tiny-world'
import type { ServiceContext } from '@/lib/services/context'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import type { FailoverIntent } from '@/lib/views/recover'
import { commandRunAction, previewFailoverAction, startRunAction } from './recover'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const HOME = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }
const intent: FailoverIntent = {
  procedure: 'planned-failover',
  fence: { kind: 'not-proven', at: null, note: '' },
  from: 'west',
  to: 'north',
  select: { kind: 'site' },
  options: { allOrNothing: false, clients: 'wait' },
  leaveOut: [],
}
let world: TinyWorld
let store: Store

beforeEach(async () => {
  world = new TinyWorld()
  store = openStore(':memory:')
  await migrate(store)
  asked.headers = new Headers(HOME)
  const clock = { now: () => 10_000, sleep: async () => {} }
  asked.context = { store, clock, sites: ['west', 'north'], mirror: (site) => world.port(site) } satisfies Omit<
    ServiceContext,
    'actor' | 'role'
  >
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  return () => store.destroy()
})

async function known(name: string, mode: 'journal' | 'snapshot', parent: string | null = null): Promise<void> {
  const one = world.add(name, mode, parent)
  await store
    .insertInto('images')
    .values({
      ...{ id: name, pair: 'north~west', pool: 'volumes', namespace: '', global_id: one.globalId, name, mode },
      ...{ left_role: 'non-primary', right_role: 'primary', left_state: '', right_state: '', left_up: 1, right_up: 1 },
      ...{ left_description: '', right_description: '', left_image_id: '', right_image_id: '', primary_site: 'west' },
      ...{
        verdict: 'following',
        verdict_text: 'follows',
        severity: 0,
        caught_up: 0,
        held_until_at: 9_000,
        held_grade: 'bounded',
      },
      ...{ held_text: 'status', objective_sec: 120, sampled: 0, changed_at: 0 },
      ...(parent === null ? {} : { parent_pool: 'volumes', parent_name: parent }),
    })
    .execute()
}

const start = (planHash: string, more: object = {}) =>
  startRunAction({ requestId: '7e6f1d9e-6a3c-4b0e-9f57-0d8a3f6f2f11', intent, planHash, typed: 'west', ...more })
const runs = () => store.selectFrom('runs').selectAll().execute()

const calls = {
  previewFailoverAction: () => previewFailoverAction(intent),
  startRunAction: () => start('x'),
  commandRunAction: () =>
    commandRunAction({ requestId: '7e6f1d9e-6a3c-4b0e-9f57-0d8a3f6f2f11', runId: 'r', command: { kind: 'pause' } }),
  'commandRunAction, an answer to a gate': () =>
    commandRunAction({
      requestId: '7e6f1d9e-6a3c-4b0e-9f57-0d8a3f6f2f11',
      ...{ runId: 'r', command: { kind: 'answer' as const, member: 0, answer: 'yes' as const } },
    }),
}

test.each(Object.entries(calls))('a viewer is refused: %s', async (_, call) => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
  expect(await store.selectFrom('audit').select(['outcome']).execute()).toEqual([{ outcome: 'refused' }])
  expect(await runs()).toEqual([])
})

test.each(Object.entries(calls))(
  'a page of somewhere else, and a request without an Origin, are refused: %s',
  async (_, call) => {
    asked.headers = new Headers({ ...HOME, origin: 'https://evil.example' })
    expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
    asked.headers = new Headers({ host: HOME.host })
    expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
  },
)

test('bad input names the field, and nothing is started', async () => {
  expect(await previewFailoverAction({ ...intent, from: 7 })).toMatchObject({
    ok: false,
    code: 'invalid',
    message: expect.stringContaining('from'),
  })
  expect(await start('x', { requestId: 'no' })).toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('requestId'),
  })
  expect(await previewFailoverAction({ ...intent, to: 'south' })).toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('no site south'),
  })
})

test('what was previewed is what is started; a double click is one run, with one audit row', async () => {
  await known('j1', 'journal')
  const preview = await previewFailoverAction(intent)
  if (!preview.ok || preview.value.planHash === null) throw new Error('no plan')
  expect(preview.value).toMatchObject({ images: 1, refusal: null, ledger: { rows: [{ key: 'j1' }] } })
  expect(preview.value.script).toContain('rbd --cluster north mirror image promote volumes/j1')
  const first = await start(preview.value.planHash)
  expect(first.ok).toBe(true)
  expect(await start(preview.value.planHash)).toEqual(first)
  expect(await runs()).toHaveLength(1)
  expect(await store.selectFrom('audit').select(['action', 'outcome']).execute()).toEqual([
    { action: 'run:start', outcome: 'done' },
  ])
})

test('the name of the site must be typed, and the plan must still be the one that was shown', async () => {
  await known('j1', 'journal')
  expect(await start('x', { typed: 'north' })).toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('type the name'),
  })
  expect(await start('0'.repeat(64))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('has changed since you looked'),
  })
  expect(await runs()).toEqual([])
})

test('an image is in one live run at a time', async () => {
  await known('j1', 'journal')
  const preview = await previewFailoverAction(intent)
  if (!preview.ok || preview.value.planHash === null) throw new Error('no plan')
  await start(preview.value.planHash)
  const second = await start(preview.value.planHash, { requestId: '11111111-6a3c-4b0e-9f57-0d8a3f6f2f11' })
  expect(second).toMatchObject({ code: 'conflict', message: expect.stringContaining('volumes/j1 is in run') })
})

test('an image in the way is set aside with its clone family, with the reason; all or nothing refuses the whole', async () => {
  await known('parent', 'journal')
  await known('clone', 'journal', 'parent')
  await known('fine', 'journal')
  const stuck = world.images.get('volumes/clone')
  if (stuck) stuck.status = 'split-brain'
  const preview = await previewFailoverAction(intent)
  if (!preview.ok) throw new Error(preview.message)
  expect(preview.value.images).toBe(1)
  expect(preview.value.ledger.setAside.map(({ name }) => name).sort()).toEqual(['volumes/clone', 'volumes/parent'])
  expect(preview.value.findings).toContainEqual(
    expect.objectContaining({ severity: 'blocks', keys: expect.arrayContaining(['clone']) }),
  )
  const whole = await previewFailoverAction({ ...intent, options: { allOrNothing: true, clients: 'wait' } })
  expect(whole).toMatchObject({
    ok: true,
    value: { planHash: null, refusal: expect.stringContaining('All or nothing') },
  })
})

test('without a living rbd-mirror at the target nothing can be started', async () => {
  await known('j1', 'journal')
  world.daemonAt.delete('north')
  const preview = await previewFailoverAction(intent)
  expect(preview).toMatchObject({
    ok: true,
    value: { planHash: null, refusal: expect.stringContaining('No rbd-mirror daemon lives at north') },
  })
})

async function suspended(): Promise<void> {
  await store
    .insertInto('suspensions')
    .values({
      ...{ id: 's-1', pair: 'north~west', from_site: null, pools: '[]', reason: 'fibre is spliced', starts_at: 1 },
      ...{ ends_at: 99_000, by: JSON.stringify({ kind: 'person', name: 'Anna', address: '' }), created_at: 1 },
      ...{ extensions: '[]', ended_at: null, ended_by: null, end_reason: '', progress: null },
      ...{ closed_at: null, closed_by: null, close_reason: '' },
    })
    .execute()
}

test('in a planned suspension nothing starts without a word, the word is kept, and one stated meanwhile is another plan', async () => {
  await known('a', 'snapshot')
  const before = await previewFailoverAction(intent)
  if (!before.ok) throw new Error(before.message)
  await suspended()
  expect(await start(before.value.planHash ?? '')).toMatchObject({ ok: false, code: 'conflict' })
  const seen = await previewFailoverAction(intent)
  if (!seen.ok) throw new Error(seen.message)
  expect(seen.value.findings[0]).toMatchObject({ consent: 'suspension:s-1', severity: 'warns' })
  expect(await start(seen.value.planHash ?? '')).toMatchObject({
    ok: false,
    code: 'refused',
    message: expect.stringContaining('stated by Anna: fibre is spliced'),
  })
  expect(await runs()).toEqual([])
  expect(await start(seen.value.planHash ?? '', { consents: ['suspension:s-1'] })).toMatchObject({ ok: true })
  expect(JSON.parse((await runs())[0]?.plan ?? '')).toMatchObject({ asks: ['suspension:s-1'] })
  const audited = await store.selectFrom('audit').select('detail').orderBy('seq', 'desc').executeTakeFirstOrThrow()
  expect(JSON.parse(audited.detail)).toMatchObject({ agreedTo: ['suspension:s-1'] })
})
