import { expect, test } from 'vitest'
import type { AcknowledgedOutage } from '@/lib/domain/acknowledged-outage'
import type { LedgerRow, Plan } from '@/lib/domain/plan'
import type { Suspension } from '@/lib/domain/suspension'
import { asksSince, statedAsks, withAsks } from './asks'
import { planHash } from './plan-hash'
import type { Prepared } from './prepare-parts'

const HOUR = 3600_000
const NOW = 10 * HOUR
const plan: Plan = {
  ...{ procedure: 'planned-failover', version: 1, from: 'west', to: 'north' },
  ...{ options: { allOrNothing: false, clients: 'wait' }, steps: [], members: [] },
}
const row: LedgerRow = {
  ...{ key: 'k', image: { pool: 'volumes', namespace: '', name: 'db' }, heldUntilAt: NOW, grade: 'measured' },
  ...{ text: '', objectiveSec: 120, sizeBytes: null },
}
const prepared: Prepared = {
  at: NOW,
  plan,
  refusal: null,
  findings: [],
  ledger: { at: NOW, rows: [row], setAside: [] },
}
const suspension: Suspension = {
  ...{ id: 's-1', pair: 'north~west', from: null, pools: [], reason: 'fibre', by: 'Anna' },
  ...{ startsAt: NOW - HOUR, endsAt: NOW + HOUR, endedAt: null, closedAt: null },
}
const outage: AcknowledgedOutage = {
  ...{ id: 'o-1', site: 'west', reason: 'power', by: 'Anna', acknowledgedAt: NOW, lastHeardAt: NOW - HOUR },
  ...{ expectedAt: null, returnedAt: null },
}
const of = { procedure: 'planned-failover', from: 'west', to: 'north', pools: new Set(['volumes']) } as const
const text = (at: number) => `${at / HOUR} h`
const ask = (suspensions: readonly Suspension[], outages: readonly AcknowledgedOutage[] = []) =>
  withAsks(prepared, statedAsks(of, { suspensions, outages }, NOW, text))

test('in a suspension a failover asks first, and what was asked is part of what is approved', () => {
  const asked = ask([suspension])
  expect(asked.findings).toMatchObject([
    { severity: 'warns', consent: 'suspension:s-1', evidence: 'stated by Anna: fibre' },
  ])
  expect(asked.plan?.asks).toEqual(['suspension:s-1'])
  expect(planHash(asked.plan as Plan)).not.toBe(planHash(plan))
})

test('either direction asks, and one that is overdue; not one of other sites or pools', () => {
  const count = (more: Partial<Suspension>) => ask([{ ...suspension, ...more }]).findings.length
  expect(count({ from: 'north' })).toBe(1)
  expect(count({ endsAt: NOW - 1 })).toBe(1)
  expect(count({ pair: 'south~west' })).toBe(0)
  expect(count({ pools: ['vms'] })).toBe(0)
  expect(count({ pools: ['volumes'] })).toBe(1)
})

test('one that begins within the hour asks, and says so; a later one does not', () => {
  const title = (startsAt: number) => ask([{ ...suspension, startsAt, endsAt: NOW + 5 * HOUR }]).findings[0]?.title
  expect(title(NOW + HOUR)).toBe('A suspension of replication between north and west begins soon, at 11 h')
  expect(title(NOW + HOUR + 1)).toBeUndefined()
})

test('one that was ended asks until all is proven to have caught up, and says so', () => {
  const ended = { ...suspension, endedAt: NOW - 1 }
  expect(ask([ended]).findings[0]?.title).toContain('has ended, and not all images are proven to have caught up')
  expect(ask([{ ...ended, closedAt: NOW }]).findings).toEqual([])
})

test.each([
  ...(['disable', 'resync', 'take-down', 'reprotect', 'promote', 'demote'] as const),
  ...(['forced-failover', 'cinder-failover', 'cinder-forced'] as const),
])('%s asks too: it moves a role or deletes copies', (procedure) => {
  const stated = { suspensions: [suspension], outages: [outage] }
  expect(statedAsks({ ...of, procedure }, stated, NOW, text).map(({ consent }) => consent)).toEqual([
    'suspension:s-1',
    'outage:o-1',
  ])
})

test('an outage that is waited for asks, and so does one whose return is not proven', () => {
  expect(ask([], [outage]).findings).toMatchObject([
    { consent: 'outage:o-1', title: expect.stringContaining('waited') },
  ])
  expect(ask([], [{ ...outage, returnedAt: NOW }]).findings).toMatchObject([
    { title: 'west is back from an outage, and replication is not proven to have gone on' },
  ])
  expect(ask([], [{ ...outage, site: 'south' }])).toBe(prepared)
})

test.each(['snapshot', 'flatten', 'set-up'] as const)(
  '%s asks nothing: it moves no role and deletes no copy',
  (procedure) => {
    expect(statedAsks({ ...of, procedure }, { suspensions: [suspension], outages: [] }, NOW, text)).toEqual([])
  },
)

test('by force, a failover goes against the decision to wait, whoever promotes', () => {
  const stated = { suspensions: [], outages: [outage] }
  const remedy = (procedure: Plan['procedure']) => statedAsks({ ...of, procedure }, stated, NOW, text)[0]?.remedy
  for (const procedure of ['forced-failover', 'cinder-forced'] as const)
    expect(remedy(procedure)).toContain('goes against that decision')
  expect(remedy('cinder-failover')).toContain('Wait until the proof is there')
})

test('a run of a backend that is told to go on asks what was stated since', () => {
  const image = { pool: 'volumes', namespace: '', name: 'volume-1' }
  const member = { kind: 'volume', image } as unknown as Plan['members'][number]
  const run: Plan = { ...plan, procedure: 'cinder-failover', members: [member] }
  const here: Suspension = { ...suspension, pools: ['volumes'] }
  const since = (agreed: string[]) => asksSince(run, agreed, { suspensions: [here], outages: [] }, NOW, text)
  expect(since([])).toMatchObject([{ consent: 'suspension:s-1' }])
  expect(since(['suspension:s-1'])).toEqual([])
})
