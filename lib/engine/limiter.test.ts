import { expect, test } from 'vitest'
import { limiter } from './limiter'

/** Pieces of work that end when the test lets them, and who began in which order. */
function pieces() {
  const begun: string[] = []
  const ends = new Map<string, { end(): void; fail(): void }>()
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name)
      ends.set(name, { end: () => resolve(name), fail: () => reject(new Error(name)) })
    })
  return { begun, work, of: (name: string) => ends.get(name) ?? { end: () => undefined, fail: () => undefined } }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('so many changes run side by side at a site and no more, first come, first served; another site waits for none', async () => {
  const { within } = limiter(2)
  const { begun, work, of } = pieces()
  const all = ['a', 'b', 'c', 'd'].map((name) => within('west', work(name)))
  all.push(within('north', work('n')))
  await settled()
  expect(begun).toEqual(['a', 'b', 'n'])
  of('b').end()
  await settled()
  expect(begun).toEqual(['a', 'b', 'n', 'c'])
  for (const name of ['a', 'n', 'c']) of(name).end()
  await settled()
  of('d').end()
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'n'])
})

test('what fails gives its place back, to one that waits and to one that comes later', async () => {
  const { within } = limiter(1)
  const { begun, work, of } = pieces()
  const first = within('west', work('a'))
  const second = within('west', work('b'))
  of('a').fail()
  await expect(first).rejects.toThrow('a')
  await settled()
  of('b').fail()
  await expect(second).rejects.toThrow('b')
  const third = within('west', work('c'))
  of('c').end()
  expect(await third).toBe('c')
  expect(begun).toEqual(['a', 'b', 'c'])
})
