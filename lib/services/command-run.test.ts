import { beforeEach, expect, test } from 'vitest'
import type { Plan } from '@/lib/domain/plan'
import { tinyPlan, tinyVerb } from '@/lib/engine/tiny-plan'
import { TinyWorld } from '@/lib/engine/tiny-world'
import { planHash } from '@/lib/procedures/plan-hash'
import { readRun } from '@/lib/read/runs-detail'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { insertRun } from '@/lib/store/runs-write'
import type { RunCommand } from '@/lib/views/recover'
import { commandRun } from './command-run'
import type { ServiceContext } from './context'

/* Hours may pass between the approval of a run and the word that it is to go on. */

const NOW = 100_000_000
let world: TinyWorld
let store: Store

beforeEach(async () => {
  world = new TinyWorld()
  world.add('db', 'journal')
  store = openStore(':memory:')
  await migrate(store)
  return () => store.destroy()
})

async function stopped(plan: Plan): Promise<void> {
  const ledger = { at: 0, rows: [], setAside: [] }
  const actor = { kind: 'system', name: 'test' } as const
  const run = {
    id: 'r1',
    requestId: 'q1',
    title: 't',
    plan,
    planHash: planHash(plan),
    ledger,
    findings: [],
    actor,
    at: 1,
  }
  await store.transaction().execute((tx) => insertRun(tx, run))
  await store.updateTable('runs').set({ wish: 'pause', state: 'paused' }).execute()
  await store.updateTable('run_members').set({ state: 'failed', reason: 'no answer' }).execute()
}

const by = JSON.stringify({ kind: 'person', name: 'Anna', address: '' })
const suspended = (id: string, more: { readonly pools?: string; readonly starts_at?: number } = {}) =>
  store
    .insertInto('suspensions')
    .values({
      ...{ id, pair: 'north~west', from_site: null, pools: '[]', reason: 'fibre is spliced', by, starts_at: 1 },
      ...{ ends_at: NOW + 9_000_000, created_at: 1, extensions: '[]', ended_at: null, ended_by: null, end_reason: '' },
      ...{ progress: null, closed_at: null, closed_by: null, close_reason: '', ...more },
    })
    .execute()

const context = (): ServiceContext => ({
  ...{ store, clock: { now: () => NOW, sleep: async () => {} }, role: 'operator', sites: ['west', 'north'] },
  actor: { kind: 'person', name: 'anna', address: '::1' },
  mirror: (site) => world.port(site),
})
const tell = (command: RunCommand['command'], consents?: string[]) =>
  commandRun({ requestId: crypto.randomUUID(), runId: 'r1', command, consents }, context())
const RESUME: RunCommand['command'] = { kind: 'resume' }
const RETRY: RunCommand['command'] = { kind: 'retry', members: [0] }
const asked = async () => {
  const { asks } = await readRun(store, { runId: 'r1', step: null, find: '' }, 60, (_, argv) => argv, NOW)
  return asks.map(({ consent, title }) => `${consent}: ${title}`)
}
const wish = async () => (await store.selectFrom('runs').select('wish').executeTakeFirstOrThrow()).wish

test.each([
  ['a resume', RESUME],
  ['a retry', RETRY],
])('%s asks what was stated since the approval, is refused without it, and keeps it', async (_, command) => {
  await stopped(tinyPlan(world))
  await suspended('s-1')
  expect(await asked()).toEqual([expect.stringMatching(/^suspension:s-1: Replication .* is suspended until/)])
  const refused = tell(command)
  await expect(refused).rejects.toMatchObject({ code: 'refused' })
  await expect(refused).rejects.toThrow(/^Since this run was approved: .*stated by Anna: fibre is spliced/)
  expect(await wish()).toBe('pause')
  await tell(command, ['suspension:s-1'])
  const { detail } = await store.selectFrom('audit').select('detail').executeTakeFirstOrThrow()
  expect(JSON.parse(detail)).toMatchObject({ kind: command.kind, agreedTo: ['suspension:s-1'] })
  expect(await asked()).toEqual([])
})

test('what was agreed to once is not asked again, but one stated after that is', async () => {
  await stopped(tinyPlan(world))
  await suspended('s-1')
  await tell(RETRY, ['suspension:s-1'])
  await tell(RESUME)
  await suspended('s-2')
  await tell({ kind: 'pause' })
  await expect(tell(RESUME)).rejects.toThrow('go on all the same')
  await tell(RESUME, ['suspension:s-2'])
})

test('what was agreed to at the start is not asked again', async () => {
  await stopped({ ...tinyPlan(world), asks: ['suspension:s-1'] })
  await suspended('s-1')
  expect(await asked()).toEqual([])
  await tell(RESUME)
  expect(await wish()).toBe('go')
})

test('an outage that was acknowledged meanwhile asks too', async () => {
  await stopped(tinyPlan(world))
  await store
    .insertInto('outages')
    .values({
      ...{ id: 'o-1', site: 'north', reason: 'power', by, acknowledged_at: 1, last_heard_at: 1, expected_at: null },
      ...{ returned_at: null, progress: null, closed_at: null, closed_by: null, close_reason: '' },
    })
    .execute()
  await expect(tell(RETRY)).rejects.toThrow('north is waited for')
})

test('of other pools, or of what moves no role, nothing is asked; nor of a stop', async () => {
  await stopped(tinyPlan(world))
  await suspended('s-1', { pools: '["vms"]' })
  await tell(RESUME)
  await suspended('s-2')
  await tell({ kind: 'stop', reason: 'enough' })
  await store.deleteFrom('runs').execute()
  await store.deleteFrom('run_members').execute()
  await store.deleteFrom('run_steps').execute()
  world.add('s', 'snapshot')
  await stopped(tinyVerb(world, 'snapshot', ['s']))
  await tell(RESUME)
  expect(await wish()).toBe('go')
})
