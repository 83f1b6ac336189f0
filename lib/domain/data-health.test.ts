import { expect, test } from 'vitest'
import { type DataCheck, type DataHealth, thinChecks, unreadable } from './data-health'

const check = (code: string, more: Partial<DataCheck> = {}): DataCheck => ({
  ...{ code, severity: 'HEALTH_WARN', summary: `words of ${code}`, groups: null },
  ...more,
})
const health = (...checks: readonly DataCheck[]): DataHealth => ({
  checks,
  groupStates: [{ state: 'active+clean', count: 97 }],
  otherPools: [7],
})

test.each(['PG_AVAILABILITY', 'PG_DAMAGED', 'OBJECT_UNFOUND'])(
  '%s means that data may not be readable, in the words of the check',
  (code) => {
    expect(unreadable(health(check(code)))).toBe(`${code}: words of ${code}`)
  },
)

test('without a mgr nobody counts placement groups, so nothing is said to be readable', () => {
  expect(unreadable(health(check('MGR_DOWN')))).toContain('what it says of its placement groups is old')
})

test('any error is in the way, but one of another service', () => {
  expect(unreadable(health(check('OSD_SCRUB_ERRORS', { severity: 'HEALTH_ERR' })))).toContain('OSD_SCRUB_ERRORS')
  expect(unreadable(health(check('MDS_ALL_DOWN', { severity: 'HEALTH_ERR' })))).toBeNull()
})

test.each(['POOL_APP_NOT_ENABLED', 'MON_CLOCK_SKEW', 'PG_NOT_DEEP_SCRUBBED', 'PG_DEGRADED', 'OSD_DOWN'])(
  'the warning %s takes no data away',
  (code) => {
    expect(unreadable(health(check(code)))).toBeNull()
  },
)

test('groups that are all in pools of other applications are in nobody’s way', () => {
  expect(unreadable(health(check('PG_AVAILABILITY', { groups: ['7.1', '7.1f'] })))).toBeNull()
})

test('one group in a pool for images is enough, and so is a detail that does not name all', () => {
  expect(unreadable(health(check('PG_AVAILABILITY', { groups: ['7.1', '2.3'] })))).toContain('PG_AVAILABILITY')
  expect(unreadable(health(check('PG_AVAILABILITY', { groups: null })))).toContain('PG_AVAILABILITY')
  expect(unreadable(health(check('PG_AVAILABILITY', { groups: [] })))).toContain('PG_AVAILABILITY')
})

test.each(['stale+active+clean', 'down', 'incomplete', 'unknown', 'peering', 'undersized+peered'])(
  'a group that is %s counts before Ceph warns of it',
  (state) => {
    const groupStates = [
      { state: 'active+clean', count: 96 },
      { state, count: 1 },
    ]
    expect(unreadable({ ...health(), groupStates })).toBe(`1 placement group is not active (${state})`)
  },
)

test('groups that are not active are counted against those that are named elsewhere', () => {
  const elsewhere = check('PG_AVAILABILITY', { groups: ['7.1', '7.2'] })
  const dark = (count: number) => ({ ...health(elsewhere), groupStates: [{ state: 'down', count }] })
  expect(unreadable(dark(2))).toBeNull()
  expect(unreadable(dark(3))).toBe('3 placement groups are not active (down)')
})

test('what is degraded is told apart from what is unreadable', () => {
  const found = thinChecks(health(check('PG_DEGRADED'), check('OSD_HOST_DOWN'), check('MON_CLOCK_SKEW')))
  expect(found.map(({ code }) => code)).toEqual(['PG_DEGRADED', 'OSD_HOST_DOWN'])
})
