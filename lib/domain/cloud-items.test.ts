import { expect, test } from 'vitest'
import { aService } from './cloud-fixture'
import { type CloudView, cloudItems } from './cloud-items'
import { placeOf, serviceNotes } from './cloud-place'
import type { BackendReport } from './cloud-report'

function backend(change: Partial<BackendReport> = {}, service = aService()): BackendReport {
  const place = placeOf({ service, pools: [], first: 'west', configured: { secondary: 'north' }, others: ['north'] })
  return {
    ...{ service, place, notes: serviceNotes(service), pools: [], poolsAre: 'listed', volumes: 3, taken: 2 },
    ...{ ghosts: { count: 0, list: [] }, spoiled: { count: 0, snapshots: 0, list: [] }, facts: [] },
    ...change,
  }
}

const items = (change: Partial<CloudView> = {}, ...backends: BackendReport[]) =>
  cloudItems([
    {
      ...{ site: 'west', condition: 'ok', silentSince: null, error: '', groups: [] },
      report: { site: 'west', backends, badTypes: [], orphans: 0, withoutImage: 0 },
      ...change,
    },
  ])
const keys = (...args: Parameters<typeof items>) => items(...args).map(({ key }) => key)

test('a cloud that is well needs no hand, whatever a failover would spoil', () => {
  expect(items({}, backend({ spoiled: { count: 4, snapshots: 0, list: [] } }))).toEqual([])
  expect(items({ report: null })).toEqual([])
})

test('a silent cloud is a warning since its last answer: mirroring does not depend on it', () => {
  const [item] = items({ condition: 'silent', silentSince: 7, error: 'no route' })
  expect(item).toMatchObject({ key: 'cloud-silent:west', severity: 'warning', since: 7 })
  expect(item?.detail).toContain('no route')
})

test('one ghost is critical, named with its reason', () => {
  const named = { volumeId: 'v', projectId: 'p', status: 'error', replicationStatus: null, waysOut: [] }
  const list = [{ ...named, name: 'db', reasons: ['It is empty'] }]
  const [item] = items({}, backend({ ghosts: { count: 1, list } }))
  expect(item).toMatchObject({ severity: 'critical', title: 'cinder@ceph: 1 volume would make a failover go wrong' })
  expect(item?.detail).toContain('First db: It is empty')
})

test('replication that is not set up right is critical; what is not known is not called wrong', () => {
  const fact = (state: 'fail' | 'unknown') => ({ title: 'The same pool', state, evidence: 'none', why: '' })
  expect(keys({}, backend({ facts: [fact('fail')] }))).toEqual(['replication:west/cinder@ceph'])
  expect(keys({}, backend({ facts: [fact('unknown')] }))).toEqual([])
})

test('failed over is one piece of news, with the disabling that Cinder brings along; frozen is another', () => {
  const over = aService({ activeBackendId: 'secondary', status: 'disabled', disabledReason: 'failed-over' })
  expect(keys({}, backend({}, over))).toEqual(['failed-over:west/cinder@ceph'])
  expect(keys({}, backend({}, aService({ frozen: true })))).toEqual(['frozen:west/cinder@ceph'])
  const byHand = aService({ activeBackendId: 'secondary', status: 'disabled', disabledReason: 'maintenance' })
  expect(keys({}, backend({}, byHand))).toEqual(['failed-over:west/cinder@ceph', 'disabled:west/cinder@ceph'])
})
