import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor, Role } from '@/lib/domain/actor'
import { tinyReprotect } from '@/lib/engine/tiny-plan'
import { TinyWorld } from '@/lib/engine/tiny-world'
import { planHash } from '@/lib/procedures/plan-hash'
import { readKept } from '@/lib/read/kept'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { insertRun } from '@/lib/store/runs-write'
import { checkKeptAction } from './kept'

const asked = vi.hoisted(() => ({ headers: new Headers(), context: null as unknown }))
vi.mock('next/headers', () => ({ headers: async () => asked.headers }))
vi.mock('./web-context', () => ({
  webContext: async (actor: Actor, role: Role) => ({ ...(asked.context as object), actor, role }),
}))

const DAY = 86_400_000
const KEPT = 'west:volumes/j.kept-23456789'
let world: TinyWorld
let store: Store

/** A run put what west had of `j` aside, for three days; `done`: whether its rename was seen to be done. */
async function ran(done: 'done' | 'refused') {
  const plan = tinyReprotect(world, { keepDays: 3 })
  const actor = { kind: 'system', name: 'test' } as const
  const ledger = { at: 0, rows: [], setAside: [] }
  const run = { id: 'r1', requestId: 'q', title: 'Protect again', plan, planHash: planHash(plan), ledger, findings: [] }
  await store.transaction().execute((tx) => insertRun(tx, { ...run, actor, at: 1 }))
  const member = await store.selectFrom('run_members').select('idx').where('key', '=', 'j').executeTakeFirstOrThrow()
  const argv = JSON.stringify(['rbd', 'rename', 'volumes/j', 'volumes/j.kept-23456789'])
  await store
    .insertInto('attempts')
    .values({
      ...{ id: 'a1', run_id: 'r1', step_idx: 2, member_idx: member.idx, number: 1, state: done, argv, site: 'west' },
      ...{ undo: 0, pid: null, start_ticks: null, intent_at: 10, ended_at: 1_000, exit: 0, stdout: '', stderr: '' },
      proof: '',
    })
    .execute()
}

beforeEach(async () => {
  world = new TinyWorld()
  world.add('j', 'journal')
  store = openStore(':memory:')
  await migrate(store)
  asked.headers = new Headers({
    host: '127.0.0.1:3000',
    origin: 'http://127.0.0.1:3000',
    'sec-fetch-site': 'same-origin',
  })
  const clock = { now: () => DAY, sleep: async () => {} }
  asked.context = { store, clock, sites: ['west', 'north'], mirror: (site: string) => world.port(site) }
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  return () => store.destroy()
})

const check = async () => {
  const answer = await checkKeptAction({ ids: ['r1/1'] })
  if (!answer.ok) throw new Error(answer.message)
  return answer.value[0]
}

test('a viewer is refused: it reads the clusters', async () => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  expect(await checkKeptAction({ ids: ['r1/1'] })).toMatchObject({ ok: false, code: 'forbidden' })
})

test('what a run put aside is listed with the day from which it is due', async () => {
  await ran('done')
  const { copies, total } = await readKept(store, DAY)
  expect(total).toBe(1)
  expect(copies).toEqual([
    expect.objectContaining({
      site: 'west',
      from: 'north',
      keptAs: 'j.kept-23456789',
      keptAt: 1_000,
      dueAt: 1_000 + 3 * DAY,
    }),
  ])
})

test('a rename that was refused kept nothing', async () => {
  await ran('refused')
  expect((await readKept(store, DAY)).copies).toEqual([])
})

test('it is there by its id, or gone, or another image has its name; and nothing is said of a site that is silent', async () => {
  await ran('done')
  expect(await check()).toMatchObject({ state: 'gone', commands: [] })
  world.kept.set(KEPT, 'j')
  const there = await check()
  expect(there?.state).toBe('there')
  expect(there?.commands.map(({ title }) => title)).toEqual([
    'Open, read-only',
    'Compare',
    'Copy back under a third name',
    'Delete, for good',
  ])
  world.kept.set(KEPT, 'somebody-else')
  expect(await check()).toMatchObject({ state: 'another', commands: [] })
  world.dead.add('west')
  expect(await check()).toMatchObject({ state: 'unknown', commands: [] })
  expect(world.commands).toEqual([])
})
