import { expect, test } from 'vitest'
import { pairingOf } from './pairing'

const view = (site: string, reportedName: string, ...peers: string[]) => ({
  site,
  reportedName,
  peers: peers.map((siteName) => ({ siteName, mirrorUuid: `uuid-of-${siteName}` })),
})

test('a pool is paired with the site that calls itself by the name of its peer there', () => {
  const here = view('east', 'dc1', 'dc2')
  expect(pairingOf(here, [here, view('west', 'dc2', 'dc1')])).toEqual({
    pair: 'east~west',
    peerSite: 'west',
    peerUuid: 'uuid-of-dc2',
  })
})

test('a site that has not been read yet is found by its configured name', () => {
  const here = view('east', 'east', 'west')
  expect(pairingOf(here, [here, view('west', '')])?.peerSite).toBe('west')
})

test('a peer that is no configured site, or a name that two sites report, pairs with nobody', () => {
  const here = view('east', 'east', 'ceph')
  expect(pairingOf(here, [here, view('west', 'west')])).toBeNull()
  expect(pairingOf(here, [here, view('west', 'ceph'), view('north', 'ceph')])).toBeNull()
})

test('a site is never its own peer, whatever both call themselves', () => {
  const here = view('east', 'ceph', 'ceph')
  expect(pairingOf(here, [here, view('west', 'ceph', 'ceph')])?.peerSite).toBe('west')
})
