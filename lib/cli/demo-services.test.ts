import { beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { makeDemoGroups } from './demo-groups'
import { nameDemoServices } from './demo-services'

let store: Store

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
  return () => store.destroy()
})

const names = async () =>
  (await store.selectFrom('status_selections').select('name').orderBy('position').execute()).map(({ name }) => name)

test('the demo names its services once, and not again where somebody has removed them', async () => {
  await nameDemoServices(store, 1)
  expect(await names()).toEqual(['Payments', 'Customer portal', 'Archive'])
  await nameDemoServices(store, 2)
  expect(await names()).toHaveLength(3)
  await store.deleteFrom('status_selections').execute()
  await nameDemoServices(store, 3)
  expect(await names()).toEqual([])
  expect(await store.selectFrom('audit').select('action').execute()).toEqual([{ action: 'status:name' }])
})

test('the demo makes its groups once, and not again where somebody has deleted them', async () => {
  const groups = async () =>
    (await store.selectFrom('protection_groups').select('name').execute()).map(({ name }) => name)
  await makeDemoGroups(store, 1)
  expect((await groups()).sort()).toEqual(['Logistics and archive', 'Payments'])
  await store.deleteFrom('protection_groups').execute()
  await makeDemoGroups(store, 2)
  expect(await groups()).toEqual([])
})
