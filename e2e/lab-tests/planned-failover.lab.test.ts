import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EngineWorld, engineWorld } from './engine-world'
import { contentOf, lab, needLab, primariesOf, rbd, until } from './lab'
import { never } from './never'
import { lacking, startWriter } from './writer'

let world: EngineWorld

beforeAll(async () => {
  needLab()
  await lab('reset')
  await lab('wait')
  world = await engineWorld()
})
afterAll(() => world?.close())

async function move(from: string, to: string, specs: readonly string[], clients: 'wait' | 'evict'): Promise<string> {
  const id = await world.begin(from, to, specs, { clients })
  await until(() => world.hasEnded(id))
  return id
}

const refusals = async (id: string) =>
  (await world.attempts(id)).filter(({ state }) => state !== 'done').map(({ argv, stderr }) => `${argv} ${stderr}`)

test('a client writes until the run stops it: every acknowledged block is at the target, byte for byte', async () => {
  const names = ['vol-journal-1', 'vol-snap-1']
  const specs = names.map((name) => `volumes/${name}`)
  const writer = await startWriter({ site: 'site-a', images: names })
  const id = await move('site-a', 'site-b', specs, 'evict')
  // Nobody but the run ended it: evicted, its next write was refused.
  await writer.ended
  const refused = writer.lines().filter(({ errno }) => errno != null)
  expect(refused.map(({ image, errno }) => ({ image, errno }))).toEqual(
    expect.arrayContaining(names.map((image) => ({ image, errno: 108 }))),
  )
  expect(await world.run(id)).toMatchObject({ state: 'succeeded' })
  expect(await refusals(id)).toEqual([])
  for (const spec of specs) expect(await primariesOf(spec)).toEqual(['site-b'])
  const verified = await writer.verify('site-b')
  never('bytes that differ', lacking(verified))
  for (const found of verified) {
    expect(found.lossSec).toBe(0)
    expect(found.ackedSeq).toBeGreaterThan(10)
  }
  const schedules = await rbd('site-b', 'mirror', 'snapshot', 'schedule', 'ls', '-R', '--format', 'json')
  expect(schedules).toContain('1m')

  const before = await Promise.all(specs.map((spec) => contentOf('site-b', spec)))
  const back = await move('site-b', 'site-a', specs, 'wait')
  expect(await world.run(back)).toMatchObject({ state: 'succeeded' })
  for (const [index, spec] of specs.entries()) {
    expect(await primariesOf(spec)).toEqual(['site-a'])
    expect(await contentOf('site-a', spec)).toBe(before[index])
  }
})
