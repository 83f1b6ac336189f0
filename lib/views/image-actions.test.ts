import { expect, test } from 'vitest'
import { imageActions } from './image-actions'
import type { ImageDetail } from './image-detail'

const side = (site: string, role: 'primary' | 'non-primary') => ({
  ...{ site, role, state: 'replaying', up: true, description: '', imageId: '1', readAt: 0 },
})
const detail = (image: object, more: object = {}): ImageDetail =>
  ({
    image: { id: 'a~b/p//1', pool: 'p', namespace: '', name: 'v', verdict: 'following', primarySite: 'a', ...image },
    sides: [side('a', 'primary'), side('b', 'non-primary')],
    run: null,
    ...more,
  }) as unknown as ImageDetail
const words = (of: ImageDetail, unknownSince: number | null = null) =>
  imageActions(of, unknownSince).map(({ href, refusal }) => href ?? refusal)

test('an image that follows can be failed over, and nothing else makes sense', () => {
  const [failover, choose, force] = words(detail({}))
  expect(failover).toBe('/recover/failover?from=a&to=b&ids=a%7Eb%2Fp%2F%2F1')
  expect(choose).toMatch('one history')
  expect(force).toMatch('a answers and is primary')
})

test('a refusal names what is in the way', () => {
  expect(words(detail({}, { run: { id: 'r', title: 'Move ERP' } }))[0]).toMatch('Move ERP')
  expect(words(detail({ primarySite: null }))[0]).toMatch('exactly one site')
  expect(words(detail({}), 5)[0]).toMatch('not read now')
  expect(words(detail({ verdict: 'copying' }))[0]).toMatch('first copy')
  expect(words(detail({ verdict: 'split-brain' }))[0]).toMatch('which is the good one')
})

test('of two histories the good copy is chosen, and a lost primary is the only one that is overruled', () => {
  const ids = 'ids=a%7Eb%2Fp%2F%2F1'
  expect(words(detail({ verdict: 'split-brain' }))[1]).toBe(`/recover/reprotect?from=a&to=b&${ids}`)
  expect(words(detail({ verdict: 'two-primaries', primarySite: null }))[1]).toBe(
    `/recover/reprotect?from=a&to=b&${ids}`,
  )
  expect(words(detail({}), 5)[2]).toBe(`/recover/forced?from=a&to=b&${ids}`)
  expect(words(detail({ primarySite: null }), 5)[2]).toMatch('No site was primary alone')
})

test('a resync is led to for a copy that does not follow its one primary that answers, and for nothing else', () => {
  expect(words(detail({ verdict: 'split-brain' }))[3]).toBe('/recover/resync?from=a&to=b&ids=a%7Eb%2Fp%2F%2F1')
  expect(words(detail({}))[3]).toMatch('follows')
  expect(words(detail({ verdict: 'two-primaries', primarySite: null }))[3]).toMatch('the last one would be gone')
  expect(words(detail({ verdict: 'split-brain' }), 5)[3]).toMatch('not read now')
})
