import { beforeEach, expect, test } from 'vitest'
import type { TakeDownPart } from '@/lib/domain/set-up'
import { BareWorld } from '@/lib/engine/bare-world'
import { prepareSetUp, type SetUpInput } from './prepare-set-up'
import { prepareTakeDown } from './prepare-take-down'

let world: BareWorld
beforeEach(() => {
  world = new BareWorld()
  world.add('parent')
  world.add('clone', 'parent')
})

const deps = () => ({
  clock: { now: () => Date.now(), sleep: async () => {} },
  mirror: (site: string) => world.port(site),
  cluster: (site: string) => world.cluster(site),
})
const prepare = (change: Partial<SetUpInput> = {}) =>
  prepareSetUp(
    {
      ...{ from: 'west', to: 'north', ways: 'two-way', peering: { kind: 'token' } },
      ...{ pools: [{ name: 'volumes', mode: 'image' }], images: { kind: 'all', mode: 'journal' }, schedules: [] },
      ...change,
    },
    deps(),
  )
const found = async (check: string, change: Partial<SetUpInput> = {}) => {
  const { findings } = await prepare(change)
  return findings.filter((one) => one.check === check).map(({ severity, title }) => `${severity}: ${title}`)
}
const named = (...specs: string[]): SetUpInput['images'] => ({
  kind: 'named',
  images: specs.map((spec) => ({ spec, mode: 'journal' })),
})

test('two bare sites that reach each other can be set up, parents before clones', async () => {
  const { plan, refusal, findings } = await prepare()
  expect(refusal).toBeNull()
  expect(findings.filter(({ severity }) => severity === 'blocks')).toEqual([])
  const images = plan?.members.filter((member) => member.kind === 'image') ?? []
  expect(images.map(({ image, generation }) => `${image.name} ${generation}`).sort()).toEqual(['clone 1', 'parent 0'])
  expect(plan?.ways?.map(({ seenFrom }) => seenFrom)).toEqual(['north', 'west'])
})

test('one fsid at both: a token is refused with the reason, peers by hand are not', async () => {
  world.oneFsid = true
  const { plan, refusal } = await prepare()
  expect(plan).toBeNull()
  expect(refusal).toContain('Choose peers by hand')
  const hand = await prepare({ peering: { kind: 'by-hand', client: 'client.rbd-mirror-peer' } })
  expect(hand.refusal).toBeNull()
  const pools = hand.plan?.members.filter((member) => member.kind === 'pool') ?? []
  expect(pools.map(({ peer }) => (peer?.kind === 'by-hand' ? peer.monHost : null)).sort()).toEqual([
    'north:3300',
    'west:3300',
  ])
})

test('a way that is shut, either way, is in the way; one-way asks for one alone', async () => {
  world.shut.add('north:6800')
  expect(await found('ways')).toEqual(['pass: north reaches west', 'blocks: west does not reach all of north'])
  expect(await found('ways', { ways: 'one-way' })).toEqual(['pass: north reaches west'])
})

test('a clock that is off warns, a pool that is missing at a site blocks, and so does one of another mode or peer', async () => {
  world.skewMs = 60_000
  expect((await found('clock')).every((text) => text.startsWith('warns'))).toBe(true)
  world.poolsAt.set('north', [])
  expect(await found('pools')).toContain('blocks: north has no pool volumes for RBD images')
  world.poolsAt.clear()
  world.pools.set('west', { pool: 'volumes', mode: 'pool', siteName: 'west', peers: [] })
  expect(await found('pools')).toContain('blocks: Pool volumes is mirrored in pool mode at west')
  world.pools.set('west', { pool: 'volumes', mode: 'image', siteName: 'west', peers: [] })
  world.addPeer('west', { siteName: 'south', direction: 'rx-tx', clientName: 'client.x' })
  expect(await found('pools')).toContain('blocks: Pool volumes at west has another peer')
})

test('a peer that has the name of a site that was rebuilt since is no peer of it: it must be replaced', async () => {
  for (const site of ['west', 'north'])
    world.pools.set(site, { pool: 'volumes', mode: 'image', siteName: site, peers: [] })
  world.addPeer('west', { siteName: 'north', direction: 'rx-tx', clientName: 'client.x', mirrorUuid: 'before' })
  expect(await found('peers')).toEqual([])
  world.uuids.set('north', 'before')
  expect(await found('peers')).toEqual([])
  world.uuids.set('north', 'now')
  expect(await found('peers')).toEqual(['blocks: Pool volumes at west has the peer of an older north'])
  const { refusal } = await prepare()
  expect(refusal).toContain('first rbd mirror pool peer remove volumes peer-west-north at west')
})

test('the name that mirroring has for a cluster stays, and two of one name are in the way', async () => {
  world.pools.set('west', { pool: 'volumes', mode: 'image', siteName: 'dc-1', peers: [] })
  const { plan } = await prepare()
  const pools = plan?.members.filter((member) => member.kind === 'pool') ?? []
  expect(pools.map(({ siteName, otherName }) => `${siteName} ${otherName}`).sort()).toEqual([
    'dc-1 north',
    'north dc-1',
  ])
  world.pools.set('west', { pool: 'volumes', mode: 'image', siteName: 'north', peers: [] })
  expect(await found('names')).toEqual(['blocks: Mirroring has one name for both sites'])
})

test('a user of other capabilities is in the way, whoever it is that is chosen', async () => {
  world.users.push({ entity: 'client.rbd-mirror-peer', caps: { mon: 'allow r' } })
  expect(await found('users')).toEqual([
    'blocks: client.rbd-mirror-peer has other capabilities at west',
    'blocks: client.rbd-mirror-peer has other capabilities at north',
  ])
  const other = { kind: 'by-hand', client: 'client.else' } as const
  expect((await found('users', { peering: other })).every((text) => text.startsWith('pass'))).toBe(true)
})

test('a clone whose parent is left out, or cannot go, is set aside with the reason', async () => {
  const { setAside } = await prepare({ images: named('volumes/clone') })
  expect(setAside).toMatchObject([
    { name: 'volumes/clone', reason: expect.stringContaining('choose it along, or flatten') },
  ])
  world.strangers.set('north', ['parent'])
  const both = await prepare({ images: named('volumes/clone', 'volumes/parent', 'volumes/gone') })
  expect(both.setAside.map(({ name }) => name).sort()).toEqual(['volumes/clone', 'volumes/gone', 'volumes/parent'])
  expect(both.setAside.find(({ name }) => name === 'volumes/parent')?.reason).toContain('another image of this name')
  expect(both.refusal).toContain('None of the 3 images')
})

test('a pool of mode pool takes no snapshot mode', async () => {
  const { setAside } = await prepare({
    pools: [{ name: 'volumes', mode: 'pool' }],
    images: { kind: 'all', mode: 'snapshot' },
  })
  expect(setAside).toHaveLength(2)
})

test('room that is not there warns, and snapshots without a schedule do too', async () => {
  world.freeBytes = 2 ** 30
  expect(await found('room')).toEqual(['warns: Room in volumes at north'])
  const images = { kind: 'all', mode: 'snapshot' } as const
  expect(await found('schedules', { images })).toEqual(['warns: 2 images in snapshot mode have no schedule'])
  expect(await found('schedules', { images, schedules: [{ pool: 'volumes', interval: '5m' }] })).toEqual([])
})

test('OSDs whose addresses are not known are not taken for reached', async () => {
  world.osdsKnown = false
  expect(await found('ways', { ways: 'one-way' })).toEqual(['unknown: north reaches west'])
})

test('of all images those that are mirrored already are told, and not run again', async () => {
  const parent = world.images.get('volumes/parent')
  if (parent) parent.mode = 'journal'
  const { plan, changes } = await prepare()
  const images = plan?.members.filter((member) => member.kind === 'image') ?? []
  expect(images.map(({ image }) => image.name)).toEqual(['clone'])
  expect(changes.find(({ name }) => name === 'volumes/parent')?.effect).toBe('done')
})

test('pools and peers alone, and schedules alone, are set up without a word on images', async () => {
  const { plan, refusal } = await prepare({ images: { kind: 'none' } })
  expect(refusal).toBeNull()
  expect(plan?.members.some(({ kind }) => kind === 'image')).toBe(false)
})

test('mirroring is not taken down while the primaries may be unreadable; what deletes no copy goes', async () => {
  for (const site of ['west', 'north'])
    world.pools.set(site, { pool: 'volumes', mode: 'image', siteName: site, peers: [] })
  for (const one of world.images.values()) one.copy = one.mode = 'snapshot'
  world.schedules.push({ pool: 'volumes', namespace: null, image: null, interval: '1m', startTime: null })
  world.dark.add('west')
  const down = (part: TakeDownPart) =>
    prepareTakeDown({ from: 'west', to: 'north', part, pools: ['volumes'] }, deps(), new Map())
  for (const part of ['all', 'images'] as const)
    expect((await down(part)).refusal).toContain('PG_AVAILABILITY: Reduced data availability: 3 pgs inactive')
  expect((await down('schedules')).refusal).toBeNull()
})

test('a pool is not taken down over an image that would stay mirrored', async () => {
  for (const site of ['west', 'north'])
    world.pools.set(site, { pool: 'volumes', mode: 'image', siteName: site, peers: [] })
  const down = (from: string, to: string) =>
    prepareTakeDown({ from, to, part: 'all', pools: ['volumes'] }, deps(), new Map())
  expect((await down('west', 'north')).refusal).toBeNull()
  for (const one of world.images.values()) one.copy = one.mode = 'snapshot'
  expect((await down('west', 'north')).refusal).toBeNull()
  const { refusal, setAside } = await down('north', 'west')
  expect(refusal).toContain('would stay mirrored')
  expect(setAside[0]?.reason).toContain('its primary is at west')
})

test('a clone in snapshot mode is warned of: what is written to it tears its copy; by journal it is not', async () => {
  expect(await found('clones', { images: { kind: 'all', mode: 'snapshot' } })).toEqual([
    'warns: 1 clone in snapshot mode: writes tear the copy, and no status says so',
  ])
  expect(await found('clones')).toEqual([])
})
