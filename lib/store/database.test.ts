import { expect, test } from 'vitest'
import { announce, changesSince } from './changes'
import { openStore } from './database'
import { migrate } from './migrate'

test('a new store migrates, and again changes nothing', async () => {
  const store = openStore(':memory:')
  await migrate(store)
  await migrate(store)
  await store.transaction().execute((tx) => announce(tx, ['runs', 'site:a'], 5))
  expect(await changesSince(store, 0)).toEqual({ topics: ['runs', 'site:a'], seq: 2, gap: false })
  await store.destroy()
})
