import { beforeEach, expect, test } from 'vitest'
import type { Plan } from '@/lib/domain/plan'
import type { Clock } from '@/lib/ports/clock'
import { LeaseLost, type WorkerIdentity } from '@/lib/ports/run-journal'
import { openStore, type Store } from './database'
import { migrate } from './migrate'
import { runJournal } from './run-journal'
import { insertRun } from './runs-write'

let store: Store
let now = 1_000
const clock: Clock = { now: () => now, sleep: async () => {} }
const worker = (pid: number, host = 'h1'): WorkerIdentity => ({
  owner: `w${pid}`,
  host,
  process: { pid, startTicks: 1 },
})
const plan = {
  procedure: 'planned-failover',
  version: 1,
  from: 'a',
  to: 'b',
  steps: [{ name: 'preflight', title: 't', proof: 'p' }],
  members: [{ kind: 'sites', key: 'sites', family: 'sites', generation: 0, pools: [] }],
  options: { allOrNothing: false, clients: 'wait' },
} satisfies Plan

beforeEach(async () => {
  now = 1_000
  store = openStore(':memory:')
  await migrate(store)
  const ledger = { at: 0, rows: [], setAside: [] }
  await store.transaction().execute((tx) =>
    insertRun(tx, {
      id: 'r1',
      requestId: 'q',
      title: 't',
      plan,
      planHash: 'h',
      ledger,
      findings: [],
      actor: { kind: 'system', name: 's' },
      at: 1,
    }),
  )
  return () => store.destroy()
})

test('a run has one holder; another worker gets nothing while the holder lives, even past its lease', async () => {
  const journal = runJournal(store, clock)
  expect(await journal.claim(worker(1), 100, () => false)).toEqual({ runId: 'r1', fence: 1 })
  now += 1_000
  expect(await journal.claim(worker(2), 100, () => false)).toBeNull()
})

test('a holder whose process is gone is followed at once, and its writes are refused', async () => {
  const journal = runJournal(store, clock)
  const old = await journal.claim(worker(1), 100_000, () => false)
  const fresh = await journal.claim(worker(2), 100_000, () => true)
  expect(fresh).toEqual({ runId: 'r1', fence: 2 })
  if (old === null) throw new Error('not claimed')
  await expect(journal.renew(old, 1)).rejects.toThrow(LeaseLost)
  const intent = { attemptId: 'a', stepIdx: 0, memberIdx: 0, argv: ['rbd'], site: 'a', undo: false, memo: null }
  await expect(journal.intend(old, intent)).rejects.toThrow(LeaseLost)
  expect(await store.selectFrom('attempts').selectAll().execute()).toEqual([])
})

test('from another host only a lease that has run out is followed', async () => {
  const journal = runJournal(store, clock)
  await journal.claim(worker(1), 100, () => false)
  expect(await journal.claim(worker(1, 'h2'), 100, () => true)).toBeNull()
  now += 101
  expect(await journal.claim(worker(1, 'h2'), 100, () => true)).toEqual({ runId: 'r1', fence: 2 })
})

test('a member with an open attempt takes no second intent', async () => {
  const journal = runJournal(store, clock)
  const lease = await journal.claim(worker(1), 100, () => false)
  if (lease === null) throw new Error('not claimed')
  const intent = { stepIdx: 0, memberIdx: 0, argv: ['rbd'], site: 'a', undo: false, memo: null }
  expect(await journal.intend(lease, { ...intent, attemptId: 'a1' })).toBe(true)
  expect(await journal.intend(lease, { ...intent, attemptId: 'a2' })).toBe(false)
})
