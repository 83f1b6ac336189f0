import { expect, test } from 'vitest'
import { AdapterError } from '@/lib/ports/errors'
import type { MirrorPort, PoolPeer } from '@/lib/ports/mirror'
import { peerEntities } from './peer-entities'

const site = (siteName: string, peers: readonly Partial<PoolPeer>[]): MirrorPort =>
  ({
    poolMirroring: async (pool: string) => ({
      ...{ pool, mode: 'image', siteName },
      peers: peers.map((peer) => ({ uuid: 'u', direction: 'rx-tx', mirrorUuid: '', ...peer })),
    }),
  }) as unknown as MirrorPort
const silent = {
  poolMirroring: () => Promise.reject(new AdapterError('unreachable', 'north', 'pool info', 'no answer')),
} as unknown as MirrorPort

const here = site('west', [{ siteName: 'north', clientName: 'client.mine' }])
const at = (...others: MirrorPort[]) =>
  peerEntities(
    () => here,
    () => others,
  )('volumes')

test('the other site’s pool says as whom its rbd-mirror logs in here, whatever it calls this site', async () => {
  expect(await at(site('north', [{ siteName: 'old-name', clientName: 'client.remote' }]))).toEqual(['client.remote'])
})

test('of three sites only a peer that is named as this one; and no peer that only sends', async () => {
  const north = site('north', [
    { siteName: 'west', clientName: 'client.remote' },
    { siteName: 'east', clientName: 'client.nova' },
  ])
  const east = site('east', [{ siteName: 'west', clientName: '', direction: 'tx-only' }])
  expect(await at(north, east)).toEqual(['client.remote'])
})

test('a site that does not answer names nobody', async () => {
  expect(await at(silent)).toEqual([])
})
