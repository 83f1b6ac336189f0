import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Runtime } from '@/lib/config/runtime'
import { openStore, type Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import { migrate } from '@/lib/store/migrate'
import { ImagesFilter } from '@/lib/views/images-filter'
import { StatusView } from '@/lib/views/status'
import { readStatus } from './status'

const NOW = 10_000_000
const config = {
  name: 'Cloud',
  demo: false,
  objectives: { rpo: 120, rto: 1800 },
  pools: {},
  sites: [{ name: 'north' }, { name: 'west' }],
} as unknown as Runtime

let store: Store

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
  for (const name of ['north', 'west']) {
    const error = 'rbd: (110) timed out at mon1.secret-host'
    await store
      .insertInto('sites')
      .values({ name, state: 'ok', error, failures: 0, last_ok_at: NOW, round_ms: 400 })
      .execute()
    for (const pool of ['pool-zq', 'other']) {
      const times = { observed_at: NOW - 1000, sampled_at: NOW - 9000, fast_sampled_at: NOW - 2000 }
      await store
        .insertInto('pool_readings')
        .values({ site: name, pool, pair: 'north~west', mode: 'image', error: '', images: 0, ...times })
        .execute()
    }
  }
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await store.destroy()
})

async function image(name: string, more: Partial<ImagesTable> = {}): Promise<void> {
  const pool = more.pool ?? 'pool-zq'
  await store
    .insertInto('images')
    .values({
      ...{ id: `north~west/${pool}//g-${name}`, pair: 'north~west', pool, namespace: '', global_id: `g-${name}`, name },
      ...{ mode: 'journal', left_role: 'non-primary', right_role: 'primary', left_state: '', right_state: '' },
      ...{
        left_up: 1,
        right_up: 1,
        left_description: '',
        right_description: '',
        left_image_id: '',
        right_image_id: '',
      },
      ...{ primary_site: 'west', verdict: 'following', verdict_text: '', severity: 0, caught_up: 0, sampled: 0 },
      ...{ held_until_at: NOW - 10_000, held_grade: 'measured', held_text: '', objective_sec: 120 },
      ...{ breach_at: NOW + 110_000, changed_at: NOW },
      ...more,
    })
    .execute()
}

async function named(name: string, filter: Partial<Record<string, string>>, more: object = {}): Promise<void> {
  await store
    .insertInto('status_selections')
    .values({
      ...{ id: `s-${name}`, name, sentence: '', objective: '', home_site: 'west', position: 1, note: '' },
      ...{ filter: JSON.stringify(ImagesFilter.parse(filter)), created_by: '{}', created_at: 0, changed_at: 0 },
      ...more,
    })
    .execute()
}

const read = async (now = NOW) => StatusView.parse(await readStatus(store, config, now))
const only = async () => {
  const { services } = await read()
  const [first] = services
  if (first === undefined) throw new Error('no service')
  return first
}

test('an image may belong to several services, and each counts its own', async () => {
  await image('a-1')
  await image('a-2', { held_until_at: NOW - 30_000, breach_at: NOW + 90_000, held_grade: 'bounded' })
  await image('b-1', { pool: 'other' })
  await named('A', { q: 'a-' })
  await named('B', { pool: 'other' }, { position: 2 })
  await named('All', {}, { position: 3 })
  await named('None', { q: 'nothing' }, { position: 4 })
  const { services } = await read()
  const counts = services.map(({ name, flows }) => [name, flows.reduce((sum, { disks }) => sum + disks, 0)])
  expect(counts).toEqual([
    ['A', 2],
    ['B', 1],
    ['All', 3],
    ['None', 0],
  ])
  expect(services[0]?.flows).toMatchObject([
    { from: 'west', to: 'north', states: { 'in-step': 2 }, heldUntilAt: NOW - 30_000, grade: 'bounded', late: 0 },
  ])
})

test('what is caught up is as old as the sampling of its pool, and late when that is', async () => {
  await image('fast', { caught_up: 1, sampled: 1, held_until_at: NOW - 500_000, breach_at: null })
  await named('A', {})
  expect((await only()).flows).toMatchObject([{ heldUntilAt: NOW - 2000, lateFromAt: NOW + 118_000, late: 0 }])
  await image('slow', { caught_up: 1, sampled: 0, held_until_at: NOW - 500_000, breach_at: null, objective_sec: 5 })
  await named('B', { q: 'slow' }, { position: 2 })
  const { services } = await read()
  expect(services[1]?.flows).toMatchObject([{ heldUntilAt: NOW - 9000, lateFromAt: NOW - 4000, late: 1 }])
})

test('every way of not being protected has a word of its own, and no other site counts them as kept', async () => {
  await image('fine')
  await image('split', { verdict: 'split-brain', held_until_at: null, breach_at: null })
  await image('two', { verdict: 'two-primaries', primary_site: null, held_until_at: null, breach_at: null })
  await image('bare', { verdict: 'no-copy', held_until_at: null, breach_at: null })
  await image('sick', { verdict: 'error' })
  await image('new', { verdict: 'copying', held_until_at: null, breach_at: null })
  await image('still', { verdict: 'stopped' })
  await image('shut', { verdict: 'both-secondary', primary_site: null })
  await image('unsure', { held_until_at: null, breach_at: null })
  await image('orphan', { parent_name: 'x', parent_pool: 'pool-zq', parent_namespace: '', parent_mirrored: 0 })
  await image('clone', { parent_name: 'bare', parent_pool: 'pool-zq', parent_namespace: '', parent_mirrored: 1 })
  await image('child', { parent_name: 'fine', parent_pool: 'pool-zq', parent_namespace: '', parent_mirrored: 1 })
  await named('A', {})
  const { flows } = await only()
  expect(flows.find(({ from }) => from === 'west')?.states).toEqual({
    'in-step': 2,
    apart: 1,
    none: 2,
    'first-copy': 1,
    halted: 1,
    unmeasured: 1,
    incomplete: 2,
  })
  expect(flows.find(({ from }) => from === null)).toMatchObject({ to: null, states: { apart: 1, closed: 1 } })
})

test('of copies that stand still those are told apart that wait for their primary, and it is said from when on', async () => {
  const waiting = { left_state: 'starting_replay', left_up: 1 }
  await image('waiting', { verdict: 'stopped', ...waiting, held_until_at: NOW - 60_000 })
  await image('silent', { verdict: 'stopped', ...waiting, left_up: 0, held_until_at: NOW - 90_000 })
  await image('ended', { verdict: 'stopped', left_state: 'stopped' })
  await image('torn', { verdict: 'stopped', ...waiting, left_description: 'split-brain detected' })
  await image('quiet', { verdict: 'stopped', ...waiting, caught_up: 1, held_until_at: NOW - 500_000 })
  await image('well', { ...waiting })
  await named('A', {})
  expect((await only()).flows).toMatchObject([
    { states: { halted: 5, 'in-step': 1 }, connecting: 2, haltedFromAt: NOW - 90_000 },
  ])
})

test('no pool, image, fsid, host or word of Ceph leaves the console with the answer', async () => {
  await image('volume-secret-1')
  await image('volume-secret-2', { verdict: 'split-brain', verdict_text: 'rbd-mirror at north' })
  await store.updateTable('sites').set({ facts_json: '{"fsid":"5bf2d0c1-77e4"}' }).execute()
  await named(
    'A',
    { pool: 'pool-zq', q: 'volume-secret' },
    {
      note: 'A word.',
      note_by: '{"kind":"person","name":"ann","address":"10.1.1.9"}',
      note_at: NOW - 1,
      note_until: NOW + 1,
    },
  )
  await run('volume-secret-1')
  const answer = await readStatus(store, config, NOW)
  expect(answer.services[0]?.recovery).not.toBeNull()
  expect(JSON.stringify(answer)).not.toMatch(
    /pool|volume|secret|fsid|5bf2|host|mon1|10\.1\.1|g-|rbd|ceph|mirror|image|primary|split|journal|snapshot|mote|filter/i,
  )
})

test('a note is shown until its end, with who wrote it', async () => {
  const written = { note: 'We know.', note_by: '{"kind":"person","name":"ann","address":"x"}', note_at: NOW - 9 }
  await named('A', {}, { ...written, note_until: NOW + 5 })
  expect((await only()).note).toEqual({ text: 'We know.', by: 'ann', at: NOW - 9, until: NOW + 5 })
  expect((await read(NOW + 5)).services[0]?.note).toBeNull()
})

test('a filter that is not understood any more matches nothing, never all', async () => {
  await image('a')
  await named('A', {}, { filter: '{"verdict":["of-tomorrow"],"tenant":"x"}' })
  expect((await only()).flows).toEqual([])
})

async function run(...names: string[]): Promise<void> {
  await store
    .insertInto('runs')
    .values({
      ...{ id: 'r-1', request_id: 'q', procedure: 'planned-failover', title: 't', from_site: 'west', to_site: 'north' },
      ...{ state: 'running', reason: 'pool-zq/volume-secret-1', wish: 'go', plan: '{}', plan_hash: '', ledger: '{}' },
      ...{ findings: '[]', actor: '{}', created_at: NOW - 60_000, started_at: NOW - 50_000, lease_until: 0, fence: 0 },
    })
    .execute()
  for (const [idx, name] of ['preflight', 'demote', 'promote'].entries()) {
    const step = { run_id: 'r-1', idx, name, title: name, state: 'running', reason: '' }
    await store.insertInto('run_steps').values(step).execute()
  }
  for (const [idx, name] of names.entries()) {
    const key = `north~west/pool-zq//g-${name}`
    const memo = idx === 0 ? '{"did:demote":true,"did:promote":true}' : '{}'
    const place = { family: '', state: 'pending', reason: '', step_idx: 2 - idx, memo, updated_at: NOW }
    await store
      .insertInto('run_members')
      .values({ run_id: 'r-1', idx, key, member: '{}', ...place })
      .execute()
  }
}

test('a live run is told of the services that have disks in it, from where the last of them is', async () => {
  for (const name of ['a-1', 'a-2', 'b-1']) await image(name)
  await run('a-1', 'a-2')
  await named('A', { q: 'a-' })
  await named('B', { q: 'b-' }, { position: 2 })
  const { services } = await read()
  expect(services[0]?.recovery).toMatchObject({
    stage: 'close',
    stepIdx: 1,
    steps: 3,
    disks: 2,
    arrived: 1,
    stopped: 0,
  })
  expect(services[1]?.recovery).toBeNull()
  await store.updateTable('runs').set({ state: 'succeeded' }).execute()
  expect((await only()).recovery).toBeNull()
})

test('a viewer is told that nothing may be edited here', async () => {
  vi.stubEnv('ANTIPODE_ROLE', 'viewer')
  expect((await read()).mayEdit).toBe(false)
  vi.stubEnv('ANTIPODE_ROLE', 'operator')
  expect((await read()).mayEdit).toBe(true)
})
