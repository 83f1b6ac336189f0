import { expect, test } from 'vitest'
import { captured } from './fake-cloud'
import { cloud, failing } from './port-fixture'

const page = (ids: readonly string[], next: unknown, key = 'volume_types') => ({
  [key]: ids.map((id) => ({ id, name: id })),
  ...(next === null ? {} : { volume_type_links: [{ rel: 'next', href: next }] }),
})

test('pages are followed by their link, whatever host it names, and all of them are given', async () => {
  const { port, made } = await cloud(
    ({ path }) => ({
      body: path.includes('marker=b')
        ? page(['c'], null)
        : page(['a', 'b'], 'http://inside.example:8776//v3/other/types?is_public=None&limit=2&marker=b'),
    }),
    2,
  )
  expect((await port.volumeTypes()).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(made.asked('/volume/v3/p1/types').map(({ path }) => path.replace(/^.*\?/, ''))).toEqual([
    'is_public=None&limit=2',
    'is_public=None&limit=2&marker=b',
  ])
})

test('pages that repeat each other are no list', async () => {
  const { port } = await cloud(() => ({ body: page(['a'], 'http://x/v3/types?marker=a') }))
  const error = await failing(port.volumeTypes())
  expect(error.kind).toBe('unreadable')
  expect(error.message).toBe(
    'west: volume in RegionOne: the answer to GET /types makes no sense: volume_types come twice: its pages have no end',
  )
})

test('an answer that makes no sense names the place', async () => {
  const senseless = async (body: unknown) => {
    const { port } = await cloud(() => ({ headers: { 'x-openstack-request-id': 'req-7' }, body }))
    return (await failing(port.volumeTypes())).message.replace(/^.*makes no sense: /, '')
  }
  expect(await senseless('<html>')).toBe('it is no JSON (req-7)')
  expect(await senseless({})).toMatch(/^volume_types: .* \(req-7\)$/)
  expect(
    await senseless({
      volume_types: [
        { id: 'a', name: 'a' },
        { id: 'b', name: 3 },
      ],
    }),
  ).toMatch(/^volume_types\.1\.name: .*expected string/)
})

test('ten thousand volumes are read without holding up the thread for more than 50 ms', async () => {
  const volume = JSON.parse(captured('cinder-volumes-detail-limit1').body).volumes[0]
  const pages = Array.from({ length: 20 }, (_, n) =>
    JSON.stringify({
      volumes: Array.from({ length: 500 }, (_, i) => ({ ...volume, id: `v${n}-${i}` })),
      ...(n === 19 ? {} : { volumes_links: [{ rel: 'next', href: `http://x/volumes/detail?page=${n + 1}` }] }),
    }),
  )
  const { port } = await cloud(({ path }) =>
    path.includes('/os-services')
      ? { body: { services: [] } }
      : { body: pages[Number(/page=(\d+)/.exec(path)?.[1] ?? 0)] },
  )
  // By the processor's time: what others' load takes of the clock is not held up by us.
  const spentMs = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  }
  let longest = 0
  let last = spentMs()
  let over = false
  const watch = () => {
    const now = spentMs()
    longest = Math.max(longest, now - last)
    last = now
    if (!over) setImmediate(watch)
  }
  watch()
  const volumes = await port.volumes('all')
  over = true
  expect(volumes).toHaveLength(10_000)
  expect(longest).toBeLessThan(50)
})
