import { expect, test } from 'vitest'
import { audit, firstBrokenAuditRow } from './audit'
import { openStore } from './database'
import { migrate } from './migrate'

test('the chain holds from the first row, and any change of any row breaks it there', async () => {
  const store = openStore(':memory:')
  await migrate(store)
  const actor = { kind: 'person', name: 'anna', address: '::1' } as const
  for (const action of ['run:start', 'run:pause', 'run:stop']) {
    await store
      .transaction()
      .execute((tx) => audit(tx, { at: 1, actor, action, subject: 'run:1', outcome: 'done', detail: { n: 1 } }))
  }
  expect(await firstBrokenAuditRow(store)).toBeNull()
  await store.updateTable('audit').set({ detail: '{"n":2}' }).where('seq', '=', 2).execute()
  expect(await firstBrokenAuditRow(store)).toBe(2)
  await store.deleteFrom('audit').where('seq', '=', 2).execute()
  expect(await firstBrokenAuditRow(store)).toBe(3)
  await store.destroy()
})
