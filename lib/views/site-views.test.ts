import { expect, test } from 'vitest'
import { pairFacts } from './pair-facts'
import type { PoolView, SiteView } from './site'
import { siteDaemons } from './site-daemons'

const daemon = (instanceId: string, leader: boolean, health: 'OK' | 'WARNING' | 'ERROR' = 'OK') => ({
  ...{ serviceId: '1', instanceId, clientId: `c${instanceId}`, hostname: `h${instanceId}`, version: '18.2.7' },
  ...{ leader, health, callouts: health === 'OK' ? [] : ['no route'] },
})
const pool = (name: string, peerSite: string, more: Partial<PoolView> = {}): PoolView => ({
  ...{ pool: name, pair: 'north~west', peerSite, mode: 'image', observedAt: 1, slowAt: 1, error: '', images: 3 },
  ...{ unmirrored: 0, schedules: [], daemons: [daemon('1', true)] },
  mirroring: {
    ...{ pool: name, mode: 'image', siteName: 'x' },
    peers: [{ uuid: 'u', direction: 'rx-tx', siteName: peerSite, mirrorUuid: 'm', clientName: 'c' }],
  },
  ...more,
})
const site = (name: string, pools: PoolView[], more: Partial<SiteView> = {}): SiteView => ({
  ...{ name, state: 'ok', lastOkAt: 1, silentSince: null, error: '', roundMs: 1, failures: 0, look: '', factsAt: 1 },
  facts: {
    ...{ fsid: `id-${name}`, health: { status: 'HEALTH_OK', checks: [] }, version: '18.2.7', totalBytes: 1 },
    ...{ usedBytes: 0, availableBytes: 1, pools: [], monAddresses: [], osdsUp: 1, osdsTotal: 1 },
  },
  clock: { skewMs: 0, boundMs: 2 },
  pools,
  ...more,
})
const states = (left: SiteView, right: SiteView) =>
  Object.fromEntries(pairFacts(left, right).map(({ title, state }) => [title, state]))

test('two sites that match pass every fact', () => {
  const facts = states(site('west', [pool('volumes', 'north')]), site('north', [pool('volumes', 'west')]))
  expect(new Set(Object.values(facts))).toEqual(new Set(['pass']))
})

test('what was not read passes nothing', () => {
  const bare = site('north', [], { facts: null, clock: null })
  expect(new Set(Object.values(states(site('west', [pool('volumes', 'north')]), bare)))).toEqual(new Set(['unknown']))
})

test('each mismatch is found', () => {
  const left = site('west', [pool('volumes', 'north'), pool('vms', 'north')], { clock: { skewMs: 1500, boundMs: 3 } })
  const oneWay = pool('volumes', 'west', { mode: 'pool', daemons: [daemon('1', true, 'ERROR')] })
  const right = site('north', [{ ...oneWay, mirroring: { ...(oneWay.mirroring as object), peers: [] } as never }])
  const same = { ...right, facts: { ...(right.facts as object), fsid: 'id-west', version: '17.2.6' } as never }
  expect(states(left, same)).toEqual({
    'The same pools at both': 'fail',
    'The same mirroring mode': 'fail',
    'Peers both ways': 'fail',
    'rbd-mirror at both': 'fail',
    'Ceph releases': 'note',
    'Cluster ids (fsid)': 'note',
    Clocks: 'fail',
  })
})

test('a daemon that serves several pools is one, as sick as its sickest pool', () => {
  const pools = [
    pool('a', 'north', { daemons: [daemon('1', true), daemon('2', false)] }),
    pool('b', 'north', { daemons: [daemon('1', false, 'WARNING')] }),
    pool('c', 'north', { daemons: null }),
  ]
  expect(
    siteDaemons(pools)?.map(({ instanceId, leads, serves, health }) => [instanceId, leads, serves, health]),
  ).toEqual([
    ['1', ['a'], ['a', 'b'], 'WARNING'],
    ['2', [], ['a'], 'OK'],
  ])
  expect(siteDaemons([pool('c', 'north', { daemons: null })])).toBeNull()
})
