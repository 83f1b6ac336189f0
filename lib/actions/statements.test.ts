import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import {
  acknowledgeOutageAction,
  closeOutageAction,
  closeSuspensionAction,
  endSuspensionAction,
  extendSuspensionAction,
  suspendReplicationAction,
  withdrawAcknowledgementAction,
} from './statements'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown, now: 0 }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const HOME = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }
const HOUR = 3600_000
let store: Store

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
  asked.headers = new Headers(HOME)
  asked.now = 100 * HOUR
  asked.context = {
    store,
    clock: { now: () => asked.now, sleep: async () => {} },
    sites: ['west', 'north', 'south'],
    mirror: () => null,
  }
  const reading = {
    ...{ peer_site: null, mode: 'image', observed_at: null, error: '', images: 0, mirroring_json: null },
    ...{ daemons_json: null, schedules_json: null, slow_at: null, sampled_at: null, fast_sampled_at: null },
  }
  await store
    .insertInto('pool_readings')
    .values(
      ['volumes', 'vms'].map((pool) => ({ ...reading, site: 'west', pool, pair: 'north~west', unmirrored: null })),
    )
    .execute()
  await site('silent')
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  return () => store.destroy()
})

async function site(state: string): Promise<void> {
  const row = {
    ...{ name: 'west', state, last_ok_at: asked.now - HOUR, silent_since: asked.now - HOUR, error: '', failures: 0 },
    ...{ facts_json: null, facts_at: null, clock_skew_ms: null, clock_bound_ms: null, round_ms: null },
  }
  await store.deleteFrom('sites').execute()
  await store.insertInto('sites').values(row).execute()
}

const suspend = (more: object = {}) =>
  suspendReplicationAction({
    ...{ requestId: crypto.randomUUID(), sites: ['west', 'north'], from: null, pools: [], reason: 'fibre is spliced' },
    ...{ startsAt: null, endsAt: asked.now + HOUR },
    ...more,
  })
const acknowledge = (more: object = {}) =>
  acknowledgeOutageAction({
    ...{ requestId: crypto.randomUUID(), site: 'west', reason: 'power is back at noon', expectedAt: null },
    ...more,
  })

async function begun(answer: Promise<{ ok: true; value: { id: string } } | { ok: false; message: string }>) {
  const said = await answer
  if (!said.ok) throw new Error(said.message)
  return said.value.id
}
const suspensions = () => store.selectFrom('suspensions').selectAll().execute()
const audited = async () => (await store.selectFrom('audit').select('action').execute()).map(({ action }) => action)

const reason = 'because'
const calls = {
  suspendReplicationAction: () => suspend(),
  extendSuspensionAction: () => extendSuspensionAction({ id: 'x', knownEndsAt: 1, endsAt: 2, reason }),
  endSuspensionAction: () => endSuspensionAction({ id: 'x', reason }),
  closeSuspensionAction: () => closeSuspensionAction({ id: 'x', reason }),
  acknowledgeOutageAction: () => acknowledge(),
  withdrawAcknowledgementAction: () => withdrawAcknowledgementAction({ id: 'x', reason }),
  closeOutageAction: () => closeOutageAction({ id: 'x', reason }),
}

test.each(Object.entries(calls))('a viewer is refused: %s', async (_, call) => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
  expect(await store.selectFrom('audit').select('outcome').execute()).toEqual([{ outcome: 'refused' }])
  expect(await suspensions()).toEqual([])
  expect(await store.selectFrom('outages').selectAll().execute()).toEqual([])
})

test.each(Object.entries(calls))('a page of somewhere else is refused: %s', async (_, call) => {
  asked.headers = new Headers({ ...HOME, origin: 'https://evil.example' })
  expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
})

test('a suspension has a reason, an end and who, and one audit row; a double click is one', async () => {
  const requestId = crypto.randomUUID()
  const first = await suspend({ requestId })
  expect(await suspend({ requestId })).toEqual(first)
  const [row, ...others] = await suspensions()
  expect(others).toEqual([])
  expect(row).toMatchObject({ pair: 'north~west', starts_at: asked.now, ends_at: asked.now + HOUR, closed_at: null })
  expect(JSON.parse(row?.by ?? '')).toMatchObject({ name: 'local operator' })
  expect(await audited()).toEqual(['suspension:begin'])
})

test.each([
  [{ reason: '  ' }, 'invalid', 'a reason is needed'],
  [{ endsAt: 50 * HOUR }, 'invalid', 'the end has passed'],
  [{ startsAt: 103 * HOUR, endsAt: 102 * HOUR }, 'invalid', 'before the beginning'],
  [{ endsAt: 125 * HOUR }, 'invalid', '24 hours at most'],
  [{ sites: ['west', 'moon'] }, 'invalid', 'There is no site moon; the sites are west, north, south'],
  [{ sites: ['west', 'west'] }, 'invalid', 'does not replicate with itself'],
  [{ from: 'south' }, 'invalid', 'from west or from north, not from south'],
  [{ pools: ['nope'] }, 'invalid', 'nope is not mirrored between west and north; vms, volumes are'],
  [{ sites: ['west', 'south'] }, 'refused', 'nothing to suspend'],
])('bad input is refused in words: %j', async (more, code, message) => {
  expect(await suspend(more)).toMatchObject({ ok: false, code, message: expect.stringContaining(message) })
  expect(await suspensions()).toEqual([])
})

test('a second one on the same ground is refused and names the first; another pool, direction or time is taken', async () => {
  await begun(suspend({ pools: ['volumes'] }))
  expect(await suspend()).toMatchObject({
    ok: false,
    code: 'conflict',
    message: expect.stringContaining('local operator has suspended that already'),
  })
  expect(await suspend({ pools: ['vms'] })).toMatchObject({ ok: true })
  expect(await suspend({ pools: ['volumes'], startsAt: 102 * HOUR, endsAt: 103 * HOUR })).toMatchObject({ ok: true })
})

test('extending needs a person who has seen the present end', async () => {
  const id = await begun(suspend())
  const end = asked.now + HOUR
  const extend = (more: object) => extendSuspensionAction({ id, knownEndsAt: end, endsAt: end + HOUR, reason, ...more })
  expect(await extend({ reason: '' })).toMatchObject({ code: 'invalid' })
  expect(await extend({ endsAt: end })).toMatchObject({ code: 'invalid' })
  expect(await extend({ endsAt: asked.now + 25 * HOUR })).toMatchObject({ code: 'invalid' })
  expect(await extend({})).toMatchObject({ ok: true })
  expect(await extend({ endsAt: end + 2 * HOUR })).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Somebody has moved its end meanwhile'),
  })
  const [row] = await suspensions()
  expect(row?.ends_at).toBe(end + HOUR)
  expect(JSON.parse(row?.extensions ?? '')).toMatchObject([{ from: end, to: end + HOUR, reason }])
  asked.now = end + 2 * HOUR
  expect(await extend({ knownEndsAt: end + HOUR, endsAt: asked.now + HOUR })).toMatchObject({ ok: true })
})

test('of two who end it the second is told; what has not caught up is let be by a word of its own', async () => {
  const id = await begun(suspend())
  expect(await closeSuspensionAction({ id, reason })).toMatchObject({ code: 'refused' })
  expect(await endSuspensionAction({ id, reason: '' })).toMatchObject({ ok: true })
  expect(await endSuspensionAction({ id, reason: '' })).toMatchObject({ code: 'conflict' })
  expect((await suspensions())[0]).toMatchObject({ ended_at: asked.now, closed_at: null })
  expect(await closeSuspensionAction({ id, reason: '' })).toMatchObject({ code: 'invalid' })
  expect(await closeSuspensionAction({ id, reason })).toMatchObject({ ok: true })
  expect(await closeSuspensionAction({ id, reason })).toMatchObject({ code: 'conflict' })
  expect(await audited()).toEqual(['suspension:begin', 'suspension:end', 'suspension:close'])
})

test('one that has not begun is taken back and is history', async () => {
  const id = await begun(suspend({ startsAt: 101 * HOUR, endsAt: 102 * HOUR }))
  expect(await endSuspensionAction({ id, reason: '' })).toMatchObject({ ok: true })
  expect((await suspensions())[0]).toMatchObject({ closed_at: asked.now, close_reason: 'taken back' })
})

test('an outage is acknowledged of a silent site alone, once, with a reason', async () => {
  expect(await acknowledge({ reason: ' ' })).toMatchObject({ code: 'invalid' })
  expect(await acknowledge({ site: 'moon' })).toMatchObject({ code: 'invalid' })
  expect(await acknowledge({ site: 'north' })).toMatchObject({ code: 'refused' })
  expect(await acknowledge({ expectedAt: asked.now })).toMatchObject({ code: 'invalid' })
  const requestId = crypto.randomUUID()
  const first = await acknowledge({ requestId, expectedAt: asked.now + HOUR })
  expect(first).toMatchObject({ ok: true })
  expect(await acknowledge({ requestId })).toEqual(first)
  expect(await acknowledge()).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('local operator acknowledged an outage of west'),
  })
  expect(await store.selectFrom('outages').select(['last_heard_at', 'expected_at']).execute()).toEqual([
    { last_heard_at: asked.now - HOUR, expected_at: asked.now + HOUR },
  ])
})

test('it is withdrawn while the site is silent, and closed once it is back', async () => {
  const id = await begun(acknowledge())
  expect(await closeOutageAction({ id, reason })).toMatchObject({ code: 'refused' })
  await store.updateTable('outages').set({ returned_at: asked.now }).execute()
  expect(await withdrawAcknowledgementAction({ id, reason })).toMatchObject({ code: 'refused' })
  expect(await closeOutageAction({ id, reason })).toMatchObject({ ok: true })
  expect(await closeOutageAction({ id, reason })).toMatchObject({ code: 'conflict' })
  expect(await audited()).toEqual(['outage:acknowledge', 'outage:close'])
})
