import { afterAll, beforeAll, expect, test } from 'vitest'
import { engineWorld } from './engine-world'
import { contentOf, isPrimary, lab, needLab, rbd, until } from './lab'

let world: Awaited<ReturnType<typeof engineWorld>>
const SPECS = ['volumes/vol-journal-1', 'volumes/vol-snap-1']

beforeAll(async () => {
  needLab()
  await lab('reset')
  await lab('wait')
  world = await engineWorld()
})
afterAll(() => world?.close())

const ended = (id: string) =>
  until(async () => ['succeeded', 'incomplete', 'failed', 'cancelled'].includes((await world.run(id)).state))

async function move(from: string, to: string): Promise<string> {
  // The other direction is ready when the daemons have said so, which they do every 30 s.
  await until(async () => (await world.prepare(from, to, SPECS, { allOrNothing: true })).refusal === null, 1_000)
  const id = await world.start(await world.prepare(from, to, SPECS, { allOrNothing: true }))
  await ended(id)
  return id
}

test('images of both modes fail over and back, proven by rbd info on both clusters, with the same content', async () => {
  const before = await Promise.all(SPECS.map((spec) => contentOf('site-a', spec)))
  for (const [from, to] of [
    ['site-a', 'site-b'],
    ['site-b', 'site-a'],
  ] as const) {
    const id = await move(from, to)
    expect(await world.run(id)).toMatchObject({ state: 'succeeded' })
    for (const [index, spec] of SPECS.entries()) {
      expect([await isPrimary(from, spec), await isPrimary(to, spec)]).toEqual([false, true])
      expect(await contentOf(to, spec)).toBe(before[index])
    }
    const schedules = await rbd(to, 'mirror', 'snapshot', 'schedule', 'ls', '-R', '--format', 'json')
    expect(schedules).toContain('1m')
    const refused = (await world.attempts(id)).filter(({ state }) => state !== 'done')
    expect(refused.map(({ argv, stderr }) => `${argv} ${stderr}`)).toEqual([])
  }
})

test('the last writes never arrived: plain rbd promotes and loses them, Antipode refuses', async () => {
  const spec = 'volumes/vol-snap-2'
  await until(async () => (await world.prepare('site-a', 'site-b', [spec])).refusal === null)
  const prepared = await world.prepare('site-a', 'site-b', [spec])
  const id = await world.start(prepared)
  // Until the demotion is under way the copy must follow; then its daemon is taken away at once.
  await until(async () => (await world.members(id)).some(({ memo }) => memo.includes('beforeFinal')), 20)
  await lab('mirror-stop', 'site-b', '--kill')
  await until(async () => {
    const [, image] = await world.members(id)
    return image?.state === 'waiting' || (await world.run(id)).state !== 'running'
  })
  expect(await isPrimary('site-b', spec)).toBe(false)
  await lab('mirror-start', 'site-b')
  await ended(id)
  expect(await world.run(id)).toMatchObject({ state: 'succeeded' })
  expect(await isPrimary('site-b', spec)).toBe(true)
})
