import { beforeEach, expect, test } from 'vitest'
import { TinyWorld } from '@/lib/engine/tiny-world'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { FailoverIntent, type FailoverPreview } from '@/lib/views/recover'
import type { ServiceContext } from './context'
import { previewFailover } from './preview-failover'

let world: TinyWorld
let store: Store

beforeEach(async () => {
  world = new TinyWorld()
  store = openStore(':memory:')
  await migrate(store)
  for (const name of ['flat', 'well']) world.add(name, 'snapshot').status = 'following'
  await row('flat', { verdict: 'hollow', cloned_copy: 'flat', hollow: 'seen', held_until_at: null })
  await row('well', {})
  return () => store.destroy()
})

const row = (name: string, more: object) =>
  store
    .insertInto('images')
    .values({
      ...{ id: name, pair: 'north~west', pool: 'volumes', namespace: '', global_id: `g-${name}`, name },
      ...{ mode: 'snapshot', left_role: 'non-primary', right_role: 'primary', left_state: '', right_state: '' },
      ...{ left_up: 1, right_up: 1, left_description: '', right_description: '', left_image_id: name },
      ...{ right_image_id: name, primary_site: 'west', verdict: 'following', verdict_text: '', severity: 0 },
      ...{ caught_up: 0, held_until_at: 80_000, held_grade: 'measured', held_text: '', objective_sec: 120 },
      ...{ sampled: 0, changed_at: 0, ...more },
    })
    .execute()

const preview = (more: object): Promise<FailoverPreview> =>
  previewFailover(
    FailoverIntent.parse({
      ...{ from: 'west', to: 'north', select: { kind: 'images', ids: ['flat', 'well'] } },
      ...{ options: { allOrNothing: false, clients: 'wait' }, ...more },
    }),
    {
      ...{ store, clock: { now: () => 100_000, sleep: async () => {} }, role: 'operator', sites: ['west', 'north'] },
      actor: { kind: 'person', name: 'anna', address: '::1' },
      mirror: (site) => world.port(site),
    } satisfies ServiceContext,
  )
const aside = ({ ledger }: FailoverPreview) => ledger.setAside.map(({ name, reason }) => `${name}: ${reason}`)
const fence = { kind: 'power', at: 95_000, note: '' }

test('a planned failover leaves an image with a hollow copy where it is, and says that a resync heals it', async () => {
  const seen = await preview({ procedure: 'planned-failover' })
  expect(aside(seen)).toEqual([expect.stringMatching(/^volumes\/flat: hollow: .* Resync it from west first$/)])
  expect(seen.ledger.rows.map(({ key }) => key)).toEqual(['well'])
  const alone = await preview({ procedure: 'planned-failover', select: { kind: 'images', ids: ['flat'] } })
  expect(alone).toMatchObject({ planHash: null, refusal: expect.stringContaining('reads zeros') })
})

test('nor does a clone go along of which a parent outside the choice is hollow at the target', async () => {
  world.add('child', 'journal', 'flat')
  await row('child', { mode: 'journal', parent_pool: 'volumes', parent_name: 'flat' })
  for (const more of [{ procedure: 'planned-failover' }, { procedure: 'forced-failover', fence }] as const) {
    if (more.procedure === 'forced-failover') world.dead.add('west')
    const seen = await preview({ ...more, select: { kind: 'images', ids: ['child', 'well'] } })
    expect(aside(seen)).toEqual([expect.stringContaining('it lives by volumes/flat, which is hollow at north')])
    expect(seen.ledger.rows.map(({ key }) => key)).toEqual(['well'])
  }
})

test('by force a clone whose parent is in error there goes along, and is said to count as lost', async () => {
  world.add('child', 'journal', 'well')
  await row('child', { mode: 'journal', parent_pool: 'volumes', parent_name: 'well' })
  world.dead.add('west')
  const own = world.port.bind(world)
  world.port = (site) => ({
    ...own(site),
    statuses: async (pool) => {
      const { rows, ...rest } = await own(site).statuses(pool)
      return { ...rest, rows: rows.map((one) => ({ ...one, local: { ...one.local, state: 'error' } })) }
    },
  })
  const seen = await preview({ procedure: 'forced-failover', fence, select: { kind: 'images', ids: ['child'] } })
  expect(seen.ledger.rows.map(({ key }) => key)).toEqual(['child'])
  expect(seen.findings.find(({ check }) => check === 'parents')).toMatchObject({
    severity: 'warns',
    title: expect.stringContaining('1 clone lives by a parent whose copy at north is in error'),
  })
})

test('a demotion, the first half of one, leaves it as well', async () => {
  expect(aside(await preview({ procedure: 'demote' }))).toEqual([expect.stringMatching(/^volumes\/flat: hollow/)])
})

test('demoted at both sites by hand, it is not promoted at the hollow copy', async () => {
  const flat = world.images.get('volumes/flat')
  if (flat === undefined) throw new Error('no image')
  flat.primaryAt.clear()
  const made = { id: 90, complete: true, takenAt: 0 }
  flat.snapshots.get('west')?.push({ ...made, role: 'primary-demoted', primarySnapId: null, primaryMirrorUuid: '' })
  flat.snapshots
    .get('north')
    ?.push({ ...made, id: 91, role: 'non-primary-demoted', primarySnapId: 90, primaryMirrorUuid: 'uuid-west' })
  await store.updateTable('images').set({ verdict: 'both-secondary' }).where('id', '=', 'flat').execute()
  const select = { kind: 'images', ids: ['flat'] }
  const hollow = await preview({ procedure: 'promote', select })
  expect(hollow).toMatchObject({ planHash: null, refusal: expect.stringContaining('hollow') })
  await store.updateTable('images').set({ hollow: null }).where('id', '=', 'flat').execute()
  expect(await preview({ procedure: 'promote', select })).toMatchObject({ refusal: null })
})

test('where its site is lost it is set aside, with what is left of it and the command that takes that', async () => {
  world.dead.add('west')
  const seen = await preview({ procedure: 'forced-failover', fence })
  expect(seen.ledger.rows.map(({ key }) => key)).toEqual(['well'])
  expect(aside(seen)).toEqual([
    expect.stringMatching(/The whole content is at west alone.* by hand at north: .*promote --force volumes\/flat$/),
  ])
})

test('a copy that is another image since, or has its parent still, is no hollow one', async () => {
  world.images.get('volumes/flat')?.ids.set('north', 'made-anew')
  expect(aside(await preview({ procedure: 'planned-failover' }))).toEqual([])
  const flat = world.images.get('volumes/flat')
  if (flat === undefined) throw new Error('no image')
  flat.ids.delete('north')
  flat.parent = { pool: 'volumes', namespace: '', name: 'well' }
  world.dead.add('west')
  expect(aside(await preview({ procedure: 'forced-failover', fence }))).toEqual([])
})

test('a resync is for the hollow copy, though it follows, and for no other that does', async () => {
  const seen = await preview({ procedure: 'resync', to: 'north' })
  expect(seen.refusal).toBeNull()
  expect(seen.script).toContain('mirror image resync volumes/flat')
  expect(aside(seen)).toEqual([expect.stringMatching(/^volumes\/well: it follows west: there is nothing to mend/)])
})
