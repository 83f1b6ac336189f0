import { expect, test } from 'vitest'
import { type BackendFactsInput, backendFacts, type SiteFacts } from './cloud-facts'
import { aPool, aService } from './cloud-fixture'
import { placeOf } from './cloud-place'

const site = (name: string, other: string, change: Partial<SiteFacts> = {}): SiteFacts => ({
  name,
  fsid: `fsid-${name}`,
  monitors: [`${name}:3300`, `${name}:6789`],
  pools: ['volumes', 'images'],
  mirroredWith: { volumes: other, images: other },
  user: 'known',
  ...change,
})
const west = site('west', 'north')
const north = site('north', 'west')

const facts = (change: Partial<BackendFactsInput> = {}, activeBackendId: string | null = null) => {
  const pools = change.pools ?? [aPool()]
  const service = aService({ activeBackendId })
  const place = placeOf({ service, pools, first: 'west', configured: { secondary: 'north' }, others: ['north'] })
  return backendFacts({ place, pools, poolsAre: 'listed', sites: [west, north], connections: [], ...change })
}
const stateOf = (title: string, ...args: Parameters<typeof facts>) =>
  facts(...args).find((fact) => fact.title === title)?.state

const connection = (host: string, secretUuid = 'secret') => ({ monitors: [`${host}:6789`], secretUuid, user: 'cinder' })

test('a backend that is set up right passes all that can be seen, and secrets are not known before one is seen', () => {
  expect(facts().map(({ title, state }) => [title, state])).toEqual([
    ['It replicates', 'pass'],
    ['Its targets are sites', 'pass'],
    ['The same pool at each site', 'pass'],
    ['Its user at each site', 'pass'],
    ['It writes where it should', 'pass'],
    ['Attachments lead to its site', 'pass'],
    ['Secrets of attachments', 'unknown'],
  ])
})

test('what was not read passes nothing', () => {
  const dark = { fsid: null, monitors: null, pools: null, mirroredWith: null, user: null }
  const states = facts({
    pools: [],
    sites: [site('west', 'north', dark), site('north', 'west', dark)],
    connections: [connection('west')],
  })
  expect(states.filter(({ state }) => state === 'pass').map(({ title }) => title)).toEqual([
    'Its targets are sites',
    'Secrets of attachments',
  ])
})

test('replication that is off in one pool of the backend is a failure', () => {
  expect(stateOf('It replicates', { pools: [aPool(), aPool({ replicationEnabled: false })] })).toBe('fail')
  expect(stateOf('It replicates', { pools: [] })).toBe('unknown')
})

test('a pool that the target has not, or that is not mirrored there, is a failure: its own pool: is ignored', () => {
  const title = 'The same pool at each site'
  expect(stateOf(title, { sites: [west, site('north', 'west', { pools: ['images'] })] })).toBe('fail')
  expect(stateOf(title, { sites: [west, site('north', 'west', { mirroredWith: { volumes: null } })] })).toBe('fail')
  expect(stateOf(title, { sites: [west, site('north', 'west', { pools: null })] })).toBe('unknown')
  expect(stateOf(title, { sites: [west] })).toBe('unknown')
})

test('a user that is not known at the target is a failure, one that was not looked for is not known', () => {
  const title = 'Its user at each site'
  expect(stateOf(title, { sites: [west, site('north', 'west', { user: 'not known' })] })).toBe('fail')
  expect(stateOf(title, { sites: [west, site('north', 'west', { user: null })] })).toBe('unknown')
})

test('a backend that writes to another cluster than it is said to be at is a failure that names it', () => {
  const pools = [aPool({ location: { conf: '', fsid: 'fsid-north', user: 'cinder', pool: 'volumes' } })]
  const found = facts({ pools }).find(({ title }) => title === 'It writes where it should')
  expect(found).toMatchObject({ state: 'fail', evidence: 'said to be at west, and writes to north' })
  expect(stateOf('It writes where it should', { pools }, 'secondary')).toBe('pass')
  expect(stateOf('It writes where it should', { pools, poolsAre: 'remembered' }, 'secondary')).toBe('unknown')
})

test('attachments by the monitors of another site are counted; either protocol names a monitor', () => {
  const title = 'Attachments lead to its site'
  expect(
    stateOf(title, { connections: [connection('west'), { ...connection('west'), monitors: ['west:3300'] }] }),
  ).toBe('pass')
  expect(stateOf(title, { connections: [connection('west'), connection('north')] })).toBe('fail')
  expect(stateOf(title, { connections: [connection('west')] }, 'secondary')).toBe('fail')
  expect(stateOf(title, { connections: [connection('elsewhere')] })).toBe('unknown')
})

test('an attachment that carries the cluster id of the other site finds no key there', () => {
  const title = 'Secrets of attachments'
  expect(stateOf(title, { connections: [connection('west', 'fsid-north')] })).toBe('fail')
  expect(stateOf(title, { connections: [connection('west', 'fsid-west')] })).toBe('pass')
  expect(stateOf(title, { connections: [connection('west', 'of-my-own')] })).toBe('pass')
})

test('two clusters with one cluster id: its secret is nobody else’s', () => {
  const twins = [west, site('north', 'west', { fsid: 'fsid-west' })]
  expect(stateOf('Secrets of attachments', { sites: twins, connections: [connection('north', 'fsid-west')] })).toBe(
    'pass',
  )
})
