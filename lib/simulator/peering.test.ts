import { expect, test } from 'vitest'
import { mirrorArgv } from '@/lib/ports/mirror'
import { bareWorld } from './bare-world'
import { manualClock } from './manual-clock'
import { REAL_TIMINGS } from './spec'
import { NINE } from './tiny-fixture'
import { createWorld } from './world'

const USER = 'client.by-hand'
const mons = { 'site-a': '127.0.0.11', 'site-b': '127.0.0.12' } as const
type Site = keyof typeof mons

function scene(fsids: 'one' | 'two') {
  const clock = manualClock(NINE)
  const world = createWorld({ clock, spec: bareWorld(fsids, { ...REAL_TIMINGS, commandScale: 0 }) })
  let attempts = 0
  const act = (site: Site, argv: readonly string[], stdin = '') =>
    world.change(site, argv, { attemptId: `a${++attempts}`, stdin })
  const printed = async (site: Site, argv: readonly string[]) => (await world.command(site, argv)).stdout.trim()
  const peers = async (site: Site) =>
    JSON.parse(await printed(site, ['rbd', 'mirror', 'pool', 'info', 'volumes', '--format', 'json'])).peers
  const images = async (site: Site) =>
    (await world.call(site, 'pool.images', { pool: 'volumes', namespace: '' })).images
  const rows = async (site: Site) =>
    (await world.call(site, 'mirror.statuses', { pool: 'volumes', namespace: '' })).images
  const enable = async () => {
    for (const site of ['site-a', 'site-b'] as const) await act(site, mirrorArgv.poolEnable('volumes', 'image', site))
  }
  return { clock, act, printed, peers, images, rows, enable }
}

test('two sites with one fsid take no token from each other, and are made peers by hand', async () => {
  const at = scene('one')
  await at.enable()
  const token = await at.printed('site-a', mirrorArgv.peerCreateToken('volumes', 'site-a'))
  expect(await at.act('site-b', mirrorArgv.peerImportToken('volumes', 'site-b', 'rx-tx'), token)).toMatchObject({
    exit: 22,
    stderr: expect.stringContaining('cannot import token for local cluster'),
  })
  const key = await at.printed('site-a', mirrorArgv.peerKey(USER))
  const add = mirrorArgv.peerAdd('volumes', USER, 'site-a', mons['site-a'])
  expect(await at.act('site-b', add, `${key}\n`)).toMatchObject({ exit: 0 })
  expect(await at.peers('site-a')).toMatchObject([{ direction: 'tx-only', site_name: 'site-b', client_name: '' }])
  await at.act('site-a', mirrorArgv.enableImage('volumes/vol-1', 'snapshot'))
  await at.clock.advance(60_000)
  expect((await at.images('site-b')).find(({ name }) => name === 'vol-1')).toMatchObject({
    mirrored: { state: 'enabled', primary: false },
  })
})

test.each([
  ['without a key', '', mons['site-a']],
  ['with another one', 'AQB0aGlzLWlzLW5vLWtleS1vZi1hbnlib2R5LTAwMDA==', mons['site-a']],
])('a peer %s is added, and nothing ever comes from it', async (_, key, monHost) => {
  const at = scene('two')
  await at.enable()
  await at.printed('site-a', mirrorArgv.peerKey(USER))
  const add = mirrorArgv.peerAdd('volumes', USER, 'site-a', monHost)
  expect(await at.act('site-b', add, key)).toMatchObject({ exit: 0 })
  await at.act('site-a', mirrorArgv.enableImage('volumes/vol-1', 'journal'))
  await at.clock.advance(120_000)
  expect((await at.images('site-b')).map(({ name }) => name)).toEqual(['vol-b-1'])
})

test('an image that is mirrored before there is a peer has a copy that waits, called idle, until the next snapshot', async () => {
  const at = scene('two')
  await at.enable()
  await at.act('site-a', mirrorArgv.enableImage('volumes/vol-1', 'snapshot'))
  await at.clock.advance(60_000)
  // A site without a peer to receive from publishes nothing, of its primaries neither.
  expect(await at.rows('site-a')).toMatchObject([{ local: { up: false, description: 'status not found' }, remote: [] }])
  const token = await at.printed('site-a', mirrorArgv.peerCreateToken('volumes', 'site-a'))
  await at.act('site-b', mirrorArgv.peerImportToken('volumes', 'site-b', 'rx-tx'), token)
  await at.clock.advance(60_000)
  expect(await at.rows('site-b')).toMatchObject([{ name: 'vol-1', state: 'creating', primary: false }])
  const [waiting] = await at.rows('site-a')
  expect(waiting?.remote[0]).toMatchObject({ up: true, state: 'replaying' })
  expect(waiting?.remote[0]?.description).toContain('"replay_state":"idle"')
  expect(waiting?.remote[0]?.description).not.toContain('local_snapshot_timestamp')
  await at.act('site-a', mirrorArgv.snapshot('volumes/vol-1'))
  await at.clock.advance(60_000)
  expect(await at.rows('site-b')).toMatchObject([{ name: 'vol-1', state: 'enabled' }])
})

test('where the peer is removed nothing more comes, and all of it once there is one again', async () => {
  const at = scene('two')
  await at.enable()
  const token = await at.printed('site-a', mirrorArgv.peerCreateToken('volumes', 'site-a'))
  const importToken = () => at.act('site-b', mirrorArgv.peerImportToken('volumes', 'site-b', 'rx-only'), token)
  await importToken()
  const [{ uuid }] = await at.peers('site-b')
  await at.act('site-b', mirrorArgv.peerRemove('volumes', uuid))
  expect(await at.peers('site-b')).toEqual([])
  // What the receiver wrote down at the sender stays, and stands in the way.
  expect(await at.act('site-a', mirrorArgv.poolDisable('volumes'))).toMatchObject({ exit: 16 })
  await at.act('site-a', mirrorArgv.enableImage('volumes/vol-1', 'journal'))
  await at.clock.advance(60_000)
  expect((await at.images('site-b')).map(({ name }) => name)).toEqual(['vol-b-1'])
  await importToken()
  await at.clock.advance(60_000)
  expect((await at.images('site-b')).map(({ name }) => name)).toEqual(['vol-1', 'vol-b-1'])
})
