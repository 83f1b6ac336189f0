import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { annotateSelectionAction, changeSelectionAction, nameSelectionAction, removeSelectionAction } from './status'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const HOME = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }
const NOW = 10_000
let store: Store

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
  asked.headers = new Headers(HOME)
  asked.context = {
    store,
    clock: { now: () => NOW, sleep: async () => {} },
    sites: ['west', 'north'],
    mirror: () => null,
  }
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  return () => store.destroy()
})

const payments = { name: ' Payments ', sentence: 'Cards.', objective: '', home: 'west', filter: 'pool=volumes&q=pay' }
const name = (more: object = {}) => nameSelectionAction({ requestId: crypto.randomUUID(), ...payments, ...more })
const rows = () => store.selectFrom('status_selections').selectAll().orderBy('position').execute()
const audited = async () => (await store.selectFrom('audit').select('action').execute()).map(({ action }) => action)

async function named(more: object = {}): Promise<string> {
  const answer = await name(more)
  if (!answer.ok) throw new Error(answer.message)
  return answer.value.id
}

const calls = {
  nameSelectionAction: () => name(),
  changeSelectionAction: () =>
    changeSelectionAction({ id: 'x', name: 'Payments', sentence: '', objective: '', home: '' }),
  removeSelectionAction: () => removeSelectionAction({ id: 'x' }),
  annotateSelectionAction: () => annotateSelectionAction({ id: 'x', note: 'all is well', forMin: 60 }),
}

test.each(Object.entries(calls))('a viewer is refused: %s', async (_, call) => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
  expect(await store.selectFrom('audit').select(['action', 'outcome']).execute()).toEqual([
    { action: 'status:edit', outcome: 'refused' },
  ])
  expect(await rows()).toEqual([])
})

test.each(Object.entries(calls))('a page of somewhere else is refused: %s', async (_, call) => {
  asked.headers = new Headers({ ...HOME, origin: 'https://evil.example' })
  expect(await call()).toMatchObject({ ok: false, code: 'forbidden' })
})

test('a filter gets a name, kept as it was meant, with one audit row; a double click is one service', async () => {
  const requestId = crypto.randomUUID()
  const first = await name({ requestId })
  expect(await name({ requestId })).toEqual(first)
  const [row, ...others] = await rows()
  expect(others).toEqual([])
  expect(row).toMatchObject({ name: 'Payments', home_site: 'west', position: 1, created_at: NOW, note: '' })
  expect(JSON.parse(row?.filter ?? '')).toMatchObject({ pool: 'volumes', q: 'pay', verdict: [] })
  expect(await audited()).toEqual(['status:name'])
})

test('an empty name, a name used twice, a filter and a site that are not there are refused in words', async () => {
  await named()
  const refusals: [object, string, string][] = [
    [{ name: '  ' }, 'invalid', 'a service needs a name'],
    [{ name: 'PAYMENTS' }, 'conflict', 'has a service called "Payments" already'],
    [{ name: 'B', filter: 'pol=volumes' }, 'invalid', 'no filter of the image list'],
    [{ name: 'B', home: 'moon' }, 'invalid', 'there is no site moon; the sites are west, north'],
    [{ name: 'x'.repeat(61) }, 'invalid', 'at most 60 letters'],
  ]
  for (const [more, code, message] of refusals) {
    expect(await name(more)).toMatchObject({ ok: false, code, message: expect.stringContaining(message) })
  }
  expect(await rows()).toHaveLength(1)
})

test('a filter that matches nothing is taken', async () => {
  expect(await name({ filter: 'q=nothing-is-called-that' })).toMatchObject({ ok: true })
})

test('a service is renamed, and not to the name of another', async () => {
  const id = await named()
  await named({ name: 'Archive' })
  const change = (more: object) =>
    changeSelectionAction({ id, name: 'Payments', sentence: '', objective: '5 minutes', home: '', ...more })
  expect(await change({ name: 'archive' })).toMatchObject({ ok: false, code: 'conflict' })
  expect(await change({ name: 'payments' })).toMatchObject({ ok: true })
  expect((await rows())[0]).toMatchObject({ name: 'payments', objective: '5 minutes', home_site: null })
  expect(await change({ id: 's-gone' })).toMatchObject({ ok: false, code: 'missing' })
})

test('a note has a time, an author and an end; an empty one takes it away', async () => {
  const id = await named()
  expect(await annotateSelectionAction({ id, note: 'We know.', forMin: 60 })).toMatchObject({ ok: true })
  const [row] = await rows()
  expect(row).toMatchObject({ note: 'We know.', note_at: NOW, note_until: NOW + 3_600_000 })
  expect(JSON.parse(row?.note_by ?? '')).toMatchObject({ name: 'local operator' })
  expect(await annotateSelectionAction({ id, note: 'x', forMin: 1 })).toMatchObject({ code: 'invalid' })
  await annotateSelectionAction({ id, note: ' ', forMin: 60 })
  expect((await rows())[0]).toMatchObject({ note: '', note_by: null, note_until: null })
  expect(await annotateSelectionAction({ id: 's-gone', note: 'x', forMin: 60 })).toMatchObject({ code: 'missing' })
})

test('a service that is removed is gone, and the audit trail keeps what it was', async () => {
  const id = await named()
  expect(await removeSelectionAction({ id })).toMatchObject({ ok: true })
  expect(await removeSelectionAction({ id })).toMatchObject({ ok: false, code: 'missing' })
  expect(await rows()).toEqual([])
  const last = await store.selectFrom('audit').select('detail').orderBy('seq', 'desc').executeTakeFirstOrThrow()
  expect(last.detail).toContain('Payments')
})
