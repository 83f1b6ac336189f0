import { afterEach, beforeEach, expect, test } from 'vitest'
import { changesSince } from './changes'
import { openStore, type Store } from './database'
import { forgetOtherSites, loadEvidence, loadInventory } from './inventory'
import { loadSummary, pruneFigures, writeBreaches, writeRollups, writeSummaries } from './inventory-figures'
import type { ImagesTable } from './inventory-tables'
import { type InventoryBatch, writeInventory } from './inventory-write'
import { migrate } from './migrate'

let store: Store

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
})

afterEach(() => store.destroy())

const nothing: InventoryBatch = {
  images: [],
  removed: [],
  marks: [],
  samples: [],
  readings: [],
  sites: [],
  topics: [],
}

const image = (id: string, over: Partial<ImagesTable> = {}): ImagesTable => ({
  id,
  pair: 'a~b',
  pool: 'p',
  namespace: '',
  global_id: id,
  name: id,
  mode: 'journal',
  left_role: 'primary',
  right_role: 'non-primary',
  left_state: 'stopped',
  right_state: 'replaying',
  left_up: 1,
  right_up: 1,
  left_description: '',
  right_description: '',
  left_image_id: '1',
  right_image_id: '2',
  primary_site: 'a',
  verdict: 'following',
  verdict_text: '',
  severity: 0,
  caught_up: 1,
  sampled: 1,
  held_until_at: 1,
  held_grade: 'measured',
  held_text: '',
  objective_sec: 120,
  breach_at: null,
  sync_percent: null,
  size_bytes: null,
  parent_pool: null,
  parent_namespace: null,
  parent_name: null,
  parent_mirrored: null,
  schedule: null,
  copy_since: null,
  cloned_copy: null,
  hollow: null,
  changed_at: 1,
  ...over,
})

const mark = (image_id: string, snap_id: number) => ({ image_id, site: 'a', snap_id, taken_at: snap_id * 10 })

test('rows are put in and replaced, many more than a transaction takes, and announced once', async () => {
  const images = Array.from({ length: 1_203 }, (_, i) => image(`i${i}`))
  await writeInventory(store, { ...nothing, images, topics: ['pool:a~b/p', 'pool:a~b/p', 'site:a'] }, 7)
  await writeInventory(store, { ...nothing, images: [image('i5', { verdict: 'stopped', caught_up: 0 })] }, 8)
  const loaded = await loadInventory(store)
  expect(loaded.images.length).toBe(1_203)
  expect(loaded.images.find(({ id }) => id === 'i5')).toMatchObject({ verdict: 'stopped', caught_up: 0 })
  expect((await changesSince(store, 0)).topics).toEqual(['pool:a~b/p', 'site:a'])
})

test('evidence of an image is replaced as a whole, and goes with the image', async () => {
  const images = [image('i1'), image('i2')]
  const marks = images.map(({ id }) => ({ imageId: id, rows: [mark(id, 1), mark(id, 2)] }))
  const sample = { image_id: 'i1', site: 'a', at: 5, tag: 1, entry: 2, exact: 1 }
  await writeInventory(store, { ...nothing, images, marks, samples: [{ imageId: 'i1', rows: [sample] }] }, 1)
  await writeInventory(store, { ...nothing, marks: [{ imageId: 'i1', rows: [mark('i1', 3)] }] }, 2)
  const found = await loadEvidence(store, ['i1', 'i2', 'none'])
  expect(found.images.map(({ id }) => id)).toEqual(['i1', 'i2'])
  expect(found.marks.map(({ image_id, snap_id }) => `${image_id}:${snap_id}`).sort()).toEqual(['i1:3', 'i2:1', 'i2:2'])
  expect(found.samples).toEqual([sample])
  await writeInventory(store, { ...nothing, removed: ['i1'] }, 3)
  const left = await loadInventory(store)
  expect([left.images.length, left.marks.length, left.samples.length]).toEqual([1, 2, 0])
})

test('figures are replaced by the minute, breaches by their beginning, and old ones are pruned', async () => {
  const row = { scope: 'pool:a~b/p/a', minute: 0, worst_sec: 3, p95_sec: 2, median_sec: 1, images: 4, unknown: 0 }
  await writeRollups(store, [row])
  await writeRollups(store, [{ ...row, worst_sec: 9 }])
  expect(await store.selectFrom('rollups').selectAll().execute()).toEqual([{ ...row, worst_sec: 9 }])
  await writeBreaches(store, [{ image_id: 'i', started_at: 1, ended_at: null, worst_sec: 5 }])
  expect((await loadInventory(store)).breaches.length).toBe(1)
  await writeBreaches(store, [{ image_id: 'i', started_at: 1, ended_at: 2, worst_sec: 6 }])
  expect((await loadInventory(store)).breaches).toEqual([])
  await pruneFigures(store, 500 * 86_400_000)
  expect(await store.selectFrom('rollups').selectAll().execute()).toEqual([])
  expect(await store.selectFrom('breaches').selectAll().execute()).toEqual([])
})

test('a summary is what was written last, and others are left alone', async () => {
  await writeSummaries(store, [{ key: 'counts', json: '{"images":1}' }], 1)
  await writeSummaries(store, [{ key: 'counts', json: '{"images":2}' }], 2)
  expect(await loadSummary(store, 'counts')).toEqual({ images: 2 })
  expect(await loadSummary(store, 'streams')).toBeNull()
})

test('sites that are configured no more are forgotten', async () => {
  const site = {
    state: 'ok',
    last_ok_at: 1,
    silent_since: null,
    error: '',
    failures: 0,
    facts_json: null,
    facts_at: null,
    clock_skew_ms: null,
    clock_bound_ms: null,
    round_ms: null,
  }
  await writeInventory(store, { ...nothing, sites: ['a', 'b'].map((name) => ({ name, ...site })) }, 1)
  await forgetOtherSites(store, ['b'])
  expect((await loadInventory(store)).sites.map(({ name }) => name)).toEqual(['b'])
})
