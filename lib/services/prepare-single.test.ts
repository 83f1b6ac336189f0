import { beforeEach, expect, test } from 'vitest'
import type { SingleVerb } from '@/lib/domain/single-verb'
import { carryThrough } from '@/lib/engine/crash-harness'
import { tinyVerb } from '@/lib/engine/tiny-plan'
import { worldOfThree } from '@/lib/engine/world-of-three'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { FailoverIntent, type FailoverPreview } from '@/lib/views/recover'
import type { ServiceContext } from './context'
import { previewFailover } from './preview-failover'
import { startRun } from './start-run'

let world: ReturnType<typeof worldOfThree>
let store: Store

beforeEach(async () => {
  world = worldOfThree()
  store = openStore(':memory:')
  await migrate(store)
  return () => store.destroy()
})

const context = (): ServiceContext => ({
  store,
  clock: { now: () => 100_000, sleep: async () => {} },
  actor: { kind: 'person', name: 'anna', address: '::1' },
  role: 'operator',
  mirror: (site) => world.port(site),
  sites: ['west', 'north'],
})

/** All three as the poller knows them. */
async function known(verdict = 'following', primary: string | null = 'west'): Promise<void> {
  for (const one of world.images.values()) {
    const name = one.image.name
    await store
      .insertInto('images')
      .values({
        ...{ id: name, pair: 'north~west', pool: 'volumes', namespace: '', global_id: one.globalId, name },
        ...{ mode: one.mode, left_role: 'non-primary', right_role: 'primary', left_state: '', right_state: '' },
        ...{ left_up: 1, right_up: 1, left_description: '', right_description: '', left_image_id: '' },
        ...{ right_image_id: '', primary_site: primary, verdict, verdict_text: verdict, severity: 0, caught_up: 0 },
        ...{ held_until_at: 90_000, held_grade: 'bounded', held_text: 'status', objective_sec: 120, sampled: 0 },
        changed_at: 0,
      })
      .execute()
  }
}

const intentOf = (verb: SingleVerb, ids: readonly string[] | null, from = 'west', to = 'north') =>
  FailoverIntent.parse({
    ...{ procedure: verb, from, to, options: { allOrNothing: false, clients: 'wait' } },
    select: ids === null ? { kind: 'site' } : { kind: 'images', ids: [...ids] },
  })
const preview = (...asked: Parameters<typeof intentOf>) => previewFailover(intentOf(...asked), context())
const aside = ({ ledger }: FailoverPreview) => ledger.setAside.map(({ name, reason }) => `${name}: ${reason}`)

test('a snapshot now is for images in snapshot mode; the others stay out, and nothing has to be typed for it', async () => {
  await known()
  const seen = await preview('snapshot', null)
  expect(seen).toMatchObject({ refusal: null, images: 1, typedSite: '' })
  expect(aside(seen).sort()).toEqual([
    expect.stringMatching(/^volumes\/clone: in journal mode every write is carried/),
    expect.stringMatching(/^volumes\/parent: in journal mode/),
  ])
  expect(seen.script).toContain('mirror image snapshot volumes/snap')
  const typed = { requestId: crypto.randomUUID(), intent: intentOf('snapshot', null), planHash: seen.planHash ?? '' }
  await expect(startRun({ ...typed, typed: 'west' }, context())).rejects.toThrow('Nothing is typed to start this')
  expect(await startRun({ ...typed, typed: '' }, context())).toMatchObject({ runId: expect.any(String) })
})

test('only a clone is flattened, and what it costs is said first', async () => {
  await known()
  const seen = await preview('flatten', ['clone', 'parent'])
  expect(seen).toMatchObject({ images: 1, typedSite: 'west' })
  expect(aside(seen)).toEqual(['volumes/parent: no clone: it has no parent at west'])
  expect(seen.findings).toContainEqual(expect.objectContaining({ check: 'room', severity: 'warns' }))
  const snap = world.images.get('volumes/snap')
  if (snap) snap.parent = { pool: 'volumes', namespace: '', name: 'parent' }
  expect(await preview('flatten', ['snap'])).toMatchObject({
    planHash: null,
    refusal: expect.stringContaining('the copy would read zeros'),
  })
})

test('a client that holds an image open is told before the demotion, and a copy that does not follow is not demoted', async () => {
  await known()
  const held = await preview('demote', ['snap'])
  expect(held.findings).toContainEqual(expect.objectContaining({ check: 'clients', severity: 'warns' }))
  const stuck = world.images.get('volumes/snap')
  if (stuck) stuck.status = 'split-brain'
  expect(await preview('demote', ['snap'])).toMatchObject({
    planHash: null,
    refusal: expect.stringContaining('split-brain at north'),
  })
})

test('what is primary somewhere is never promoted elsewhere: that is a failover', async () => {
  await known()
  const seen = await preview('promote', ['snap'])
  expect(seen.planHash).toBeNull()
  expect(seen.refusal).toContain('what takes its role from there is a failover')
  expect(await preview('promote', ['snap'], 'north', 'west')).toMatchObject({
    planHash: null,
    refusal: expect.stringContaining('primary at west already'),
  })
})

test('what is demoted at both sites is promoted by proof, at either; one that lacks the demotion is sent back', async () => {
  await known('both-secondary', null)
  await carryThrough(world, tinyVerb(world, 'demote', ['parent', 'clone', 'snap']), [])
  expect(await preview('promote', null)).toMatchObject({ refusal: null, images: 3, typedSite: 'north' })
  const snap = world.images.get('volumes/snap')
  snap?.snapshots.set('north', snap.snapshots.get('north')?.slice(0, -1) ?? [])
  const seen = await preview('promote', null)
  expect(seen.images).toBe(2)
  expect(aside(seen)).toEqual([expect.stringMatching(/demotion has not arrived.*promote it at west/)])
})

test('mirroring ends at a primary alone, and what becomes of each copy is said; the site that loses them is typed', async () => {
  await known()
  const seen = await preview('disable', ['snap', 'clone'])
  expect(seen).toMatchObject({ refusal: null, images: 2, typedSite: 'north' })
  for (const { text } of seen.ledger.rows)
    expect(text).toBe('stays at west, mirrored no more; its copy at north is deleted')
  expect(seen.script).toContain('mirror image disable volumes/snap')
  const snap = world.images.get('volumes/snap')
  snap?.primaryAt.add('north')
  expect(aside(await preview('disable', ['snap', 'clone']))).toEqual([expect.stringContaining('primary at both sites')])
  snap?.primaryAt.delete('west')
  snap?.primaryAt.delete('north')
  expect(await preview('disable', ['snap'])).toMatchObject({
    planHash: null,
    refusal: expect.stringContaining('what would be deleted the primary'),
  })
})

test('a site that does not answer ends the look with its name', async () => {
  await known()
  world.dead.add('north')
  for (const verb of ['snapshot', 'flatten', 'demote', 'promote', 'disable'] as const)
    await expect(preview(verb, ['clone'])).rejects.toMatchObject({ kind: 'unreachable', site: 'north' })
})

test('mirroring does not end where another peer would delete its copies too', async () => {
  await known()
  const port = (site: string) => {
    const one = world.port(site)
    const shared = async (pool: string) => {
      const read = await one.poolMirroring(pool)
      const [peer] = read.peers
      return peer === undefined ? read : { ...read, peers: [peer, { ...peer, uuid: 'other', siteName: 'south' }] }
    }
    return { ...one, poolMirroring: shared }
  }
  const asked = previewFailover(intentOf('disable', ['snap']), { ...context(), mirror: port })
  expect(await asked).toMatchObject({ planHash: null, refusal: expect.stringContaining('2 peers') })
})
