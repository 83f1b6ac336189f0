import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SingleVerb } from '@/lib/domain/single-verb'
import { type EngineWorld, engineWorld } from './engine-world'
import { contentOf, lab, needLab, primariesOf, rbd, until } from './lab'

const [A, B] = ['site-a', 'site-b'] as const
const PARENT = 'volumes/single-parent'
const CLONE = 'volumes/single-clone'
const JOURNALED = 'volumes/single-journal'
let world: EngineWorld

/** Images of this test alone: they are changed in ways that the lab's own reset does not take back. */
beforeAll(async () => {
  needLab()
  await lab('reset')
  await lab('wait')
  await rbd(A, 'create', PARENT, '--size', '16M', '--image-feature', 'layering,exclusive-lock')
  await rbd(A, 'bench', '--io-type', 'write', '--io-size', '64K', '--io-total', '4M', PARENT)
  await rbd(A, 'snap', 'create', `${PARENT}@base`)
  await rbd(A, 'snap', 'protect', `${PARENT}@base`)
  await rbd(A, 'mirror', 'image', 'enable', PARENT, 'snapshot')
  await rbd(A, 'clone', `${PARENT}@base`, CLONE)
  await rbd(A, 'mirror', 'image', 'enable', CLONE, 'snapshot')
  await rbd(A, 'clone', `${PARENT}@base`, JOURNALED, '--image-feature', 'layering,exclusive-lock,journaling')
  await rbd(A, 'mirror', 'image', 'enable', JOURNALED, 'journal')
  world = await engineWorld()
  await lab('wait')
})
afterAll(async () => {
  await world?.close()
  await lab('reset', '--fresh').catch(() => undefined)
})

async function does(verb: SingleVerb, from: string, to: string, specs: readonly string[]): Promise<void> {
  const id = await world.begin(from, to, specs, {}, verb)
  await until(() => world.hasEnded(id))
  expect(await world.run(id)).toMatchObject({ state: 'succeeded' })
}

const info = async (site: string, spec: string) =>
  JSON.parse(await rbd(site, 'info', spec, '--format', 'json')) as { parent?: object; mirroring?: object }
const isThere = (site: string, spec: string) =>
  rbd(site, 'info', spec).then(
    () => true,
    () => false,
  )
const newestHeld = async (spec: string) => {
  const [pool = '', name = ''] = spec.split('/')
  const [read] = await world.mirror(B).lineages([{ pool, namespace: '', name }])
  return read?.kind === 'known' ? (read.value.snapshots.findLast(({ complete }) => complete)?.primarySnapId ?? 0) : 0
}

test('a mirror snapshot now is complete at the copy when the run ends', async () => {
  const before = await newestHeld(PARENT)
  await does('snapshot', A, B, [PARENT, CLONE])
  expect(await newestHeld(PARENT)).toBeGreaterThan(before)
})

test('a clone in journal mode is flattened at both sites, with its content', async () => {
  const content = await contentOf(A, JOURNALED)
  await does('flatten', A, B, [JOURNALED])
  expect((await info(A, JOURNALED)).parent).toBeUndefined()
  expect((await info(B, JOURNALED)).parent).toBeUndefined()
  expect([await contentOf(A, JOURNALED), await contentOf(B, JOURNALED)]).toEqual([content, content])
})

test('a clone in snapshot mode is not flattened: its copy would read zeros', async () => {
  const { plan, refusal } = await world.prepare(A, B, [CLONE], {}, 'flatten')
  expect(plan).toBeNull()
  expect(refusal).toContain('would read zeros')
  expect(await contentOf(B, CLONE)).toBe(await contentOf(A, CLONE))
})

test('demoted, they are primary nowhere; one is promoted at the other site, one back where it was, without force', async () => {
  const before = await Promise.all([contentOf(A, CLONE), contentOf(A, JOURNALED)])
  await does('demote', A, B, [CLONE, JOURNALED])
  expect([await primariesOf(CLONE), await primariesOf(JOURNALED)]).toEqual([[], []])
  await does('promote', A, B, [CLONE])
  await does('promote', B, A, [JOURNALED])
  expect([await primariesOf(CLONE), await primariesOf(JOURNALED)]).toEqual([[B], [A]])
  expect([await contentOf(B, CLONE), await contentOf(A, JOURNALED)]).toEqual(before)
})

test('where mirroring ends, the primary is kept byte for byte and the copy is gone', async () => {
  const before = await Promise.all([contentOf(B, CLONE), contentOf(A, JOURNALED)])
  await does('disable', B, A, [CLONE])
  await does('disable', A, B, [JOURNALED])
  expect([await isThere(A, CLONE), await isThere(B, JOURNALED)]).toEqual([false, false])
  expect([await contentOf(B, CLONE), await contentOf(A, JOURNALED)]).toEqual(before)
  expect((await info(A, JOURNALED)).mirroring).toBeUndefined()
})
