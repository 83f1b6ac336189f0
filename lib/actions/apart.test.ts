import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import { known } from '@/lib/domain/reading'
import { TinyWorld } from '@/lib/engine/tiny-world'
import { lookAtApart } from '@/lib/poller/apart-look'
import type { MirrorPort } from '@/lib/ports/mirror'
import { readApart } from '@/lib/read/apart'
import { previewFailover } from '@/lib/services/preview-failover'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { FailoverIntent } from '@/lib/views/recover'
import { measureApart } from '@/lib/worker/apart-meter'
import { endApartAction, keepApartAction } from './apart'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const HOME = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }
const clock = { now: () => 1_000_000, sleep: async () => {} }
const sites = ['west', 'north']
let world: TinyWorld
let store: Store

beforeEach(async () => {
  world = new TinyWorld()
  store = openStore(':memory:')
  await migrate(store)
  asked.headers = new Headers(HOME)
  asked.context = { store, clock, sites, mirror: (site: string) => world.port(site) }
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  return () => store.destroy()
})

async function image(name: string, verdict: string): Promise<void> {
  const one = world.add(name, 'journal')
  await store
    .insertInto('images')
    .values({
      ...{ id: name, pair: 'north~west', pool: 'volumes', namespace: '', global_id: one.globalId, name },
      ...{ mode: 'journal', left_role: 'primary', right_role: 'primary', left_state: '', right_state: '' },
      ...{ left_up: 1, right_up: 1, left_description: '', right_description: '', left_image_id: '' },
      ...{ right_image_id: '', primary_site: verdict === 'following' ? 'west' : null, verdict, verdict_text: verdict },
      ...{ severity: 0, caught_up: 0, held_until_at: null, held_grade: 'unknown', held_text: '' },
      ...{ objective_sec: 120, sampled: 0, changed_at: 400_000 },
    })
    .execute()
}

const REQUEST = '7e6f1d9e-6a3c-4b0e-9f57-0d8a3f6f2f11'
const keep = (ids: readonly string[], reason = 'both clouds need it until Monday') =>
  keepApartAction({ requestId: REQUEST, ids, reason })

test.each([
  ['keepApartAction', () => keep(['j'])],
  ['endApartAction', () => endApartAction({ ids: ['j'], reason: 'done' })],
] as const)('a viewer is refused: %s', async (_, call) => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
  expect(await store.selectFrom('kept_apart').selectAll().execute()).toEqual([])
})

test('both sides are kept on purpose: written down once with who and why, and no alarm until it is ended', async () => {
  await image('j', 'two-primaries')
  expect(await keep(['j'])).toEqual({ ok: true, value: { marked: 1 } })
  expect(await keep(['j'])).toEqual({ ok: true, value: { marked: 0 } })
  const { images } = await readApart(store, clock.now())
  expect(images).toEqual([
    expect.objectContaining({ name: 'volumes/j', by: 'local operator', partedAt: 400_000, meter: [] }),
  ])
  expect(await lookAtApart(store)).toMatchObject({
    byVerdict: { 'two-primaries': 1 },
    items: [{ severity: 'suspended', since: 400_000, detail: expect.stringContaining('Not protected') }],
  })
  expect(await endApartAction({ ids: ['j'], reason: 'Monday' })).toEqual({ ok: true, value: { ended: 1 } })
  expect(await lookAtApart(store)).toEqual({ byVerdict: {}, items: [] })
  expect(await endApartAction({ ids: ['j'], reason: 'again' })).toMatchObject({ ok: false, code: 'missing' })
  const audited = await store.selectFrom('audit').select(['action', 'outcome']).execute()
  expect(audited).toEqual([
    { action: 'split:keep', outcome: 'done' },
    { action: 'split:keep', outcome: 'done' },
  ])
})

test('an image of one history, one that is not known, and a word without a reason are refused', async () => {
  await image('whole', 'following')
  expect(await keep(['whole'])).toMatchObject({
    ok: false,
    code: 'refused',
    message: expect.stringContaining('one history'),
  })
  expect(await keep(['nope'])).toMatchObject({ ok: false, code: 'missing' })
  expect(await keep(['whole'], ' ')).toMatchObject({ ok: false, code: 'invalid' })
})

test('the meter says what each side has written since, and what it could not read', async () => {
  await image('j', 'two-primaries')
  const one = world.images.get('volumes/j')
  one?.primaryAt.add('north')
  one?.tag.set('north', '')
  await keep(['j'])
  const mirror = (site: string): MirrorPort => {
    const real = world.port(site)
    const amount = { kind: 'known' as const, bytes: 4_194_304, complete: true }
    const written = async () =>
      site === 'west'
        ? [known({ imageId: 'i', sizeBytes: 1, modifiedAt: null, amount }, 0)]
        : [{ kind: 'unknown' as const, reason: 'its OSDs peer' }]
    return { ...real, evidence: { ...real.evidence, written } }
  }
  await measureApart({ store, clock, sites, mirror })
  const [image0] = (await readApart(store, clock.now())).images
  expect(image0?.measuredAt).toBe(clock.now())
  expect(image0?.meter).toEqual([
    { site: 'north', amount: { kind: 'unknown', text: 'its OSDs peer' } },
    { site: 'west', amount: expect.objectContaining({ kind: 'known', bytes: 4_194_304 }) },
  ])
})

test('a failover leaves it alone, with the reason that was given', async () => {
  await image('j', 'two-primaries')
  await keep(['j'])
  const context = { ...(asked.context as object), role: 'operator', actor: { kind: 'system', name: 't' } }
  const intent = FailoverIntent.parse({
    ...{ from: 'west', to: 'north', select: { kind: 'images', ids: ['j'] } },
    options: { allOrNothing: false, clients: 'wait' },
  })
  const { ledger } = await previewFailover(intent, context as Parameters<typeof previewFailover>[1])
  expect(ledger.setAside).toEqual([
    expect.objectContaining({ key: 'j', reason: expect.stringContaining('both clouds need it until Monday') }),
  ])
})
