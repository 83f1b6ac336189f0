import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '@/lib/config/config'
import { openStore, type Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import { migrate } from '@/lib/store/migrate'
import { ImagesRequest } from '@/lib/views/images-filter'
import { readImageIds, readImages } from './images'
import { imagesCsv } from './images-csv'
import { readMoment } from './moment'

const NOW = 10_000_000
const config = {
  objectives: { rpo: 120, rto: 1800 },
  pools: {},
  sites: [{ name: 'north' }, { name: 'south' }, { name: 'west' }],
} as unknown as Config

let store: Store

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
  for (const name of ['north', 'south', 'west']) {
    await store
      .insertInto('sites')
      .values({ name, state: 'ok', error: '', failures: 0, last_ok_at: NOW, round_ms: 400 })
      .execute()
  }
  for (const [pair, pool, sites] of [
    ['north~west', 'volumes', ['north', 'west']],
    ['south~west', 'archive', ['south', 'west']],
  ] as const) {
    for (const site of sites) await reading(site, pool, pair, NOW - 1000)
  }
})

afterEach(() => store.destroy())

const reading = (site: string, pool: string, pair: string, at: number) =>
  store
    .insertInto('pool_readings')
    .values({ site, pool, pair, mode: 'image', error: '', images: 0, observed_at: at, sampled_at: at })
    .execute()

async function image(name: string, more: Partial<ImagesTable> = {}): Promise<void> {
  const pair = more.pair ?? 'north~west'
  const pool = more.pool ?? 'volumes'
  await store
    .insertInto('images')
    .values({
      ...{
        id: `${pair}/${pool}//g-${name}`,
        pair,
        pool,
        namespace: '',
        global_id: `g-${name}`,
        name,
        mode: 'snapshot',
      },
      ...{ left_role: 'non-primary', right_role: 'primary', left_state: 'replaying', right_state: 'stopped' },
      ...{
        left_up: 1,
        right_up: 1,
        left_description: '',
        right_description: '',
        left_image_id: '',
        right_image_id: '',
      },
      ...{ primary_site: 'west', verdict: 'following', verdict_text: 'the copy follows', severity: 0, caught_up: 0 },
      ...{ sampled: 0, held_until_at: NOW - 10_000, held_grade: 'measured', held_text: '', objective_sec: 120 },
      ...{ breach_at: NOW + 110_000, sync_percent: null, size_bytes: 1, parent_pool: null, parent_namespace: null },
      ...{ parent_name: null, parent_mirrored: null, schedule: '1m', copy_since: null, changed_at: NOW },
      ...more,
    })
    .execute()
}

/** A short list is sorted, a long one read in tiers: both must say the same. */
const asked = async (params: Record<string, string>) => {
  const moment = await readMoment(store, config, NOW)
  const request = ImagesRequest.parse(params)
  const [short, long] = await Promise.all([readImages(store, request, moment), readImages(store, request, moment, 0)])
  const names = short.rows.map((row) => row.name)
  expect(long.rows.map((row) => row.name)).toEqual(names)
  return { total: short.total, names }
}

test('worst first: trouble, then late by how late, then the rest, over every window', async () => {
  await image('fine')
  await image('late', { breach_at: NOW - 1 })
  await image('later', { breach_at: NOW - 9000 })
  await image('split', { verdict: 'split-brain', severity: 80, breach_at: null })
  const all = ['split', 'later', 'late', 'fine']
  expect(await asked({})).toEqual({ total: 4, names: all })
  for (const offset of [1, 2, 3]) {
    expect((await asked({ offset: String(offset), limit: '2' })).names).toEqual(all.slice(offset, offset + 2))
  }
  expect((await asked({ order: 'last' })).names).toEqual(all.toReversed())
})

test('by exposure: what passes its objective first, then nothing held, then caught up', async () => {
  await image('caught', { caught_up: 1, breach_at: null })
  await image('none', { held_until_at: null, breach_at: null })
  await image('soon', { breach_at: NOW + 5 })
  await image('late', { breach_at: NOW - 5 })
  expect((await asked({ sort: 'exposure' })).names).toEqual(['late', 'soon', 'none', 'caught'])
  expect((await asked({ sort: 'exposure', offset: '2', limit: '2' })).names).toEqual(['none', 'caught'])
})

test('a site that falls silent makes its pools unknown, whatever the rows say', async () => {
  await image('known')
  await image('old', { pair: 'south~west', pool: 'archive' })
  await store
    .updateTable('pool_readings')
    .set({ observed_at: NOW - 90_000 })
    .where('site', '=', 'south')
    .execute()
  expect((await asked({ verdict: 'following' })).names).toEqual(['known'])
  expect((await asked({ verdict: 'unknown' })).names).toEqual(['old'])
  expect((await asked({})).names).toEqual(['old', 'known'])
})

test('what is unprotected is so while its old site is silent, and unknown once its own site is', async () => {
  await image('alone', { verdict: 'unprotected', severity: 72, breach_at: null })
  const silent = (site: string) =>
    store
      .updateTable('pool_readings')
      .set({ observed_at: NOW - 90_000 })
      .where('site', '=', site)
      .execute()
  const found = async () => [
    (await asked({ verdict: 'unprotected' })).names,
    (await asked({ verdict: 'unknown' })).names,
  ]
  expect(await found()).toEqual([['alone'], []])
  await silent('north')
  expect(await found()).toEqual([['alone'], []])
  await silent('west')
  expect(await found()).toEqual([[], ['alone']])
})

test('behind objective counts what is caught up where the samples have stopped', async () => {
  await image('moving', { caught_up: 1, breach_at: null })
  await image('stopped', { caught_up: 1, breach_at: null, pair: 'south~west', pool: 'archive' })
  await image('late', { breach_at: NOW - 1 })
  await store
    .updateTable('pool_readings')
    .set({ sampled_at: NOW - 300_000 })
    .where('pool', '=', 'archive')
    .execute()
  expect((await asked({ behind: 'yes', sort: 'name' })).names).toEqual(['late', 'stopped'])
})

test('text finds names, pool/name and global ids', async () => {
  await image('volume-abc')
  await image('disk', { id: 'north~west/vms//abcd-1', global_id: 'abcd-1', pool: 'vms' })
  expect((await asked({ q: 'ME-AB' })).names).toEqual(['volume-abc'])
  expect((await asked({ q: 'abcd' })).names).toEqual(['disk'])
  expect((await asked({ q: 'vms/di' })).names).toEqual(['disk'])
  expect((await asked({ q: '%' })).total).toBe(2)
})

test('direction, pool and parent restrict', async () => {
  await image('there')
  await image('back', { primary_site: 'north' })
  await image('orphan', { parent_name: 'p', parent_pool: 'images', parent_mirrored: 0 })
  expect((await asked({ from: 'west', to: 'north', sort: 'name' })).names).toEqual(['orphan', 'there'])
  expect((await asked({ from: 'north', to: 'west' })).names).toEqual(['back'])
  expect((await asked({ to: 'north', sort: 'name' })).names).toEqual(['orphan', 'there'])
  expect((await asked({ parent: 'not-mirrored' })).names).toEqual(['orphan'])
  await image('clone', { parent_name: 'p', parent_pool: 'images', parent_mirrored: 1 })
  expect((await asked({ parent: 'any', sort: 'name' })).names).toEqual(['clone', 'orphan'])
  await store.deleteFrom('images').where('name', '=', 'clone').execute()
  expect((await asked({ pool: 'archive' })).total).toBe(0)
  expect((await asked({ pool: 'north~west/volumes' })).total).toBe(3)
  expect((await asked({ pool: 'south~west/volumes' })).total).toBe(0)
  await store.updateTable('images').set({ schedule: '' }).where('name', '=', 'back').execute()
  expect((await asked({ schedule: 'none' })).names).toEqual(['back'])
})

test('all ids of a filter, and its CSV', async () => {
  for (const name of ['b', 'a', 'c']) await image(name)
  const moment = await readMoment(store, config, NOW)
  const filter = ImagesRequest.parse({})
  expect(await readImageIds(store, filter, moment, 2)).toEqual(['north~west/volumes//g-a', 'north~west/volumes//g-b'])
  const text = await new Response(imagesCsv(store, filter, moment)).text()
  const lines = text.trim().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain('volumes,,a,g-a,north~west,west,following,the copy follows,snapshot')
})
