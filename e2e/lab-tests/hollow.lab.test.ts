import { afterAll, beforeAll, expect, test } from 'vitest'
import { clock } from '@/lib/composition/clock'
import { createPoller, type Poller } from '@/lib/poller/poller'
import { previewFailover } from '@/lib/services/preview-failover'
import { startRun } from '@/lib/services/start-run'
import { FailoverIntent } from '@/lib/views/recover'
import { type EngineWorld, engineWorld } from './engine-world'
import { contentOf, lab, needLab, rbd, until } from './lab'
import { SITES } from './lab-world'

const [A, B] = SITES
const PARENT = 'volumes/hollow-parent'
const CLONE = 'volumes/hollow-clone'
const WRITTEN = 'volumes/torn-clone'
let world: EngineWorld
let poller: Poller

/** The poller and the engine of the app on a clone of this test alone, written to before it is mirrored. */
beforeAll(async () => {
  needLab()
  await lab('reset')
  await rbd(A, 'create', PARENT, '--size', '16M', '--image-feature', 'layering,exclusive-lock')
  await rbd(A, 'bench', '--io-type', 'write', '--io-size', '64K', '--io-total', '4M', PARENT)
  await rbd(A, 'snap', 'create', `${PARENT}@base`)
  await rbd(A, 'snap', 'protect', `${PARENT}@base`)
  await rbd(A, 'mirror', 'image', 'enable', PARENT, 'snapshot')
  await rbd(A, 'clone', `${PARENT}@base`, CLONE)
  await rbd(A, 'clone', `${PARENT}@base`, WRITTEN)
  for (const spec of [CLONE, WRITTEN]) await rbd(A, 'mirror', 'image', 'enable', spec, 'snapshot')
  await lab('wait')
  world = await engineWorld()
  const { runtime, ports, store } = world
  const log = { info: () => undefined, warn: () => undefined }
  poller = createPoller({ config: runtime, ...ports, store, clock, log })
  await poller.start()
})
afterAll(async () => {
  await poller?.stop()
  await world?.close()
  await lab('reset').catch(() => undefined)
})

const row = () => world.store.selectFrom('images').selectAll().where('name', '=', 'hollow-clone').executeTakeFirst()
const verdict = async () => (await row())?.verdict
const contents = () => Promise.all([contentOf(A, CLONE), contentOf(B, CLONE)])

const intent = async (procedure: 'planned-failover' | 'resync') =>
  FailoverIntent.parse({
    ...{ procedure, from: A, to: B, options: { allOrNothing: true, clients: 'wait' } },
    select: { kind: 'images', ids: [(await row())?.id ?? ''] },
  })
const context = () => ({
  ...({ store: world.store, clock, role: 'operator', mirror: world.mirror, sites: SITES } as const),
  actor: { kind: 'person', name: 'lab test', address: '::1' } as const,
})
const preview = async (procedure: 'planned-failover' | 'resync') => previewFailover(await intent(procedure), context())

test('a clone that follows is told apart by its parent, at both sites', async () => {
  await until(async () => {
    const seen = await row()
    return seen?.verdict === 'following' && seen.cloned_copy === seen.right_image_id && seen.cloned_copy !== ''
  })
  const [primary, copy] = await contents()
  expect(copy).toBe(primary)
})

test('flattened by hand, it is hollow and would not come back, though Ceph says that it follows', async () => {
  await rbd(A, 'flatten', '--no-progress', CLONE)
  await rbd(A, 'mirror', 'image', 'snapshot', CLONE)
  await until(async () => (await verdict()) === 'hollow')
  expect(await row()).toMatchObject({ hollow: 'seen', held_until_at: null, right_state: 'replaying', right_up: 1 })
  const [primary, copy] = await contents()
  expect(copy).not.toBe(primary)
})

test('a planned failover of it is refused, with the way out', async () => {
  const { refusal, planHash } = await preview('planned-failover')
  expect(planHash).toBeNull()
  expect(refusal).toContain(`Resync it from ${A} first`)
})

test('a resync by the engine makes the copy equal, byte for byte, and it is well again', async () => {
  const { planHash, typedSite, refusal } = await preview('resync')
  expect(refusal).toBeNull()
  const input = { requestId: crypto.randomUUID(), intent: await intent('resync'), planHash: planHash ?? '' }
  const { runId } = await startRun({ ...input, typed: typedSite }, context())
  await until(() => world.hasEnded(runId))
  expect(await world.run(runId)).toMatchObject({ state: 'succeeded' })
  const [primary, copy] = await contents()
  expect(copy).toBe(primary)
  await until(async () => (await verdict()) === 'following')
  expect(await row()).toMatchObject({ hollow: null, cloned_copy: null })
  expect((await row())?.held_until_at).not.toBeNull()
})

test('a write into a clone in snapshot mode tears its copy, with its parent still there (ceph-facts 37)', async () => {
  const both = () => Promise.all([contentOf(A, WRITTEN), contentOf(B, WRITTEN)])
  const [whole, copied] = await both()
  expect(copied).toBe(whole)
  await rbd(A, 'bench', '--io-type', 'write', '--io-size', '4K', '--io-total', '4K', WRITTEN)
  await rbd(A, 'mirror', 'image', 'snapshot', WRITTEN)
  const [pool = '', name = ''] = WRITTEN.split('/')
  const spec = { pool, namespace: '', name }
  const newest = async (site: string) => {
    const [read] = await world.mirror(site).snapshotMarks([spec])
    return read?.kind === 'known' ? read.value.marks.findLast(({ complete }) => complete) : undefined
  }
  const made = (await newest(A))?.id ?? 0
  await until(async () => ((await newest(B))?.primarySnapId ?? 0) >= made)
  const [primary, copy] = await both()
  expect(copy).not.toBe(primary)
})
