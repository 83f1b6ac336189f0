import { expect, test } from 'vitest'
import type { Channel } from '@/lib/ports/channel'
import { mirrorPort } from './mirror-port'
import { clientNames } from './watchers'

/** The monitors of a site where these clients are connected, by id. */
function monitors(clients: Record<string, string>) {
  const asked: string[] = []
  const channel = {
    command: async (argv: readonly string[]) => {
      asked.push(argv.join(' '))
      const sessions = Object.entries(clients).map(([id, entity]) => ({ global_id: Number(id), entity_name: entity }))
      return { exit: 0, stdout: JSON.stringify(sessions), stderr: '', durationMs: 1, overdue: false }
    },
  } as unknown as Channel
  return { asked, channel }
}

test('clients that were named just now are not asked for again; a stranger always is', async () => {
  const clients: Record<string, string> = { 41: 'client.rbd-mirror-peer' }
  const { asked, channel } = monitors(clients)
  const namesOf = clientNames(channel, () => 0)
  expect((await namesOf(['41'])).get('41')).toBe('client.rbd-mirror-peer')
  await namesOf(['41'])
  expect(asked).toHaveLength(1)
  clients[42] = 'client.nova'
  expect((await namesOf(['41', '42'])).get('42')).toBe('client.nova')
  expect(asked).toHaveLength(2)
})

test('a name is not kept for long: a rebuilt cluster gives the ids to others', async () => {
  const clients: Record<string, string> = { 41: 'client.rbd-mirror-peer' }
  const { channel } = monitors(clients)
  let now = 0
  const namesOf = clientNames(channel, () => now)
  await namesOf(['41'])
  clients[41] = 'client.nova'
  now = 10_001
  expect((await namesOf(['41'])).get('41')).toBe('client.nova')
})

const IMAGE = { pool: 'volumes', namespace: '', name: 'v' }

/** The watchers of one image as they are told apart, where the peer's rbd-mirror logs in as `client.remote`. */
async function toldApart(clients: Record<string, string>, peer = 'client.remote') {
  const { channel } = monitors(clients)
  const watched = Object.keys(clients).map((clientId) => ({ clientId, address: 'a' }))
  const call = async () => ({ observedAt: 0, images: [{ ok: watched }], daemons: [] })
  const asking = { ...channel, call } as unknown as Channel
  const port = mirrorPort('west', asking, { mirrorEntities: async () => [peer] })
  const [found] = await port.watchers([IMAGE])
  if (found?.kind !== 'known') throw new Error('not read')
  return found.value.filter(({ isMirrorDaemon }) => isMirrorDaemon).map(({ entity }) => entity)
}

test('the peer’s rbd-mirror is known by the user that its site names, whatever that is called', async () => {
  expect(await toldApart({ 41: 'client.remote', 42: 'client.nova' })).toEqual(['client.remote'])
  expect(await toldApart({ 41: 'client.remote' }, 'client.other')).toEqual([])
})

test('a name that clients have too proves nothing', async () => {
  expect(await toldApart({ 41: 'client.admin' }, 'client.admin')).toEqual([])
  expect(await toldApart({ 41: 'client.remote', 42: 'client.remote' })).toEqual([])
})
