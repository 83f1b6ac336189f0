import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ImageMember, Ledger, Plan } from '@/lib/domain/plan'
import type { ChangeRow } from '@/lib/domain/set-up'
import { planHash } from '@/lib/procedures/plan-hash'
import { compilePlannedFailover } from '@/lib/procedures/planned-failover'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { insertRun } from '@/lib/store/runs-write'
import { RunLedgerPage } from '@/lib/views/run-ledger'
import { readRunLedger } from './runs-ledger'

const AT = 1_800_000_000_000
const MANY = 10_000

const image = (name: string): ImageMember => ({
  ...{ kind: 'image', key: `a~b/volumes//${name}`, image: { pool: 'volumes', namespace: '', name }, globalId: name },
  ...{ mode: 'journal', family: name, generation: 0, outsideParent: null, sizeBytes: null },
})

const planOf = (images: readonly ImageMember[]): Plan =>
  compilePlannedFailover({
    ...{ from: 'a', to: 'b', options: { allOrNothing: false, clients: 'wait' }, images: [...images] },
    ...{ schedules: [], wholePools: new Set<string>() },
  })

let store: Store
beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
})
afterEach(() => store.destroy())

const begun = (plan: Plan, ledger: Ledger) =>
  store.transaction().execute((tx) =>
    insertRun(tx, {
      ...{ id: 'r-1', requestId: 'q', title: 't', plan, planHash: planHash(plan), ledger, findings: [], at: AT },
      actor: { kind: 'person', name: 'ann', address: 'loopback' },
    }),
  )

const page = async (asked: { find?: string; offset?: number; limit?: number } = {}) =>
  RunLedgerPage.parse(
    await readRunLedger(store, { ...{ runId: 'r-1', find: '', offset: 0, limit: 100 }, ...asked }, AT),
  )

test('every row of a run of 10,000 images can be had, in its order, a window at a time or by name', async () => {
  const images = Array.from({ length: MANY }, (_, index) => image(`vol-${index}`))
  const rows = images.map(({ key, image: spec }, index) => ({
    ...{ key, image: spec, heldUntilAt: AT - MANY + index, grade: 'measured' as const, text: 'x' },
    ...{ objectiveSec: 120, sizeBytes: null },
  }))
  await begun(planOf(images), { at: AT, rows, setAside: [] })
  const last = await page({ offset: 9_900 })
  expect(last).toMatchObject({ total: MANY, offset: 9_900 })
  expect(last.rows).toHaveLength(100)
  expect(last.rows.at(-1)).toMatchObject({
    row: { kind: 'held', name: 'volumes/vol-9999' },
    member: { state: 'pending' },
  })
  const found = await page({ find: 'VOL-999' })
  expect(found.total).toBe(11)
  expect(found.rows[0]?.row.name).toBe('volumes/vol-999')
})

test('the changes of a set-up stand with the state of what they are of: what deletes first, what was so before last', async () => {
  const change = (key: string, effect: ChangeRow['effect']): ChangeRow => ({
    ...{ key, name: key, before: 'none', after: 'mirrored', cost: '', sizeBytes: null, effect },
  })
  const { key } = image('vol-1')
  const changes = [change('gone', 'done'), change(`${key}/peer`, 'changes'), change(key, 'deletes')]
  await begun(planOf([image('vol-1')]), { at: AT, rows: [], changes, setAside: [] })
  await store
    .updateTable('run_members')
    .set({ state: 'failed', step_idx: 2, reason: 'exit 22' })
    .where('key', '=', key)
    .execute()
  const failed = { state: 'failed', stepIdx: 2, reason: 'exit 22' }
  expect((await page()).rows.map(({ row, member }) => [row.key, member])).toEqual([
    [key, failed],
    [`${key}/peer`, failed],
    ['gone', null],
  ])
})
