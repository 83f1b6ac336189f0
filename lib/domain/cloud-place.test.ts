import { expect, test } from 'vitest'
import { aPool, aService } from './cloud-fixture'
import { backendOf, type PlaceInput, placeOf, serviceNotes } from './cloud-place'

const place = (change: Partial<PlaceInput> = {}) =>
  placeOf({ service: aService(), pools: [aPool()], first: 'west', configured: {}, others: ['north'], ...change })

test('a backend is what stands before the pool', () => {
  expect(backendOf('cinder@ceph#volumes')).toBe('cinder@ceph')
  expect(backendOf('cinder@ceph')).toBe('cinder@ceph')
})

test('a backend that was never failed over, or was failed back, is at the site of its cloud', () => {
  expect(place()).toMatchObject({ active: 'west', failedOverTo: null, text: 'At west, its first site' })
})

test('the configuration says which site a target is, before any guess', () => {
  const found = place({ configured: { secondary: 'south' }, service: aService({ activeBackendId: 'secondary' }) })
  expect(found.targets).toEqual([{ name: 'secondary', site: 'south', by: 'configuration' }])
  expect(found).toMatchObject({ active: 'south', text: 'Failed over to secondary, which is south' })
})

test('an only target is the only other site; the way back is no target', () => {
  expect(place().targets).toEqual([{ name: 'secondary', site: 'north', by: 'only other site' }])
})

test('with two targets, or two sites, nothing is guessed', () => {
  const two = place({ pools: [aPool({ targets: ['second', 'third', 'default'] })] })
  expect(two.targets.map(({ site }) => site)).toEqual([null, null])
  expect(place({ others: ['north', 'south'] }).targets[0]?.site).toBeNull()
})

test('failed over while the scheduler lists no pool: the name of the active backend is a target by itself', () => {
  const found = place({ pools: [], service: aService({ activeBackendId: 'secondary' }) })
  expect(found).toMatchObject({ active: 'north', targets: [{ name: 'secondary', site: 'north' }] })
})

test('failed over to a name that nothing explains: the active site is not known, and the sentence says what to do', () => {
  const found = place({ others: [], service: aService({ activeBackendId: 'secondary' }) })
  expect(found.active).toBeNull()
  expect(found.text).toContain('openstack.backends of west')
})

test('a service that is as it should be has no note, whatever its backend says of its state', () => {
  expect(serviceNotes(aService())).toEqual([])
  expect(serviceNotes(aService({ backendState: null }))).toEqual([])
})

test('down, frozen, disabled and an error in replication are each said, worst first', () => {
  const all = aService({ state: 'down', status: 'disabled', frozen: true, replicationStatus: 'failover-error' })
  expect(serviceNotes(all).map(({ kind }) => kind)).toEqual(['down', 'replication', 'frozen', 'disabled'])
  const disabled = serviceNotes(aService({ status: 'disabled', disabledReason: 'failed-over' }))
  expect(disabled[0]?.text).toContain('failed-over')
  expect(serviceNotes(aService({ replicationStatus: 'failing-over' }))[0]?.severity).toBe('behind')
  expect(serviceNotes(aService({ backendState: 'down' }))[0]?.severity).toBe('bad')
})
