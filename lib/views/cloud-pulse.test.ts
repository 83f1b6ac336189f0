import { expect, test } from 'vitest'
import type { CloudView } from './cloud'
import { cloudPulse, staleKind } from './cloud-pulse'

const NOW = 1_000_000
const cloud = (change: Partial<CloudView> = {}, servicesAt: number | null = NOW - 4_000): CloudView => ({
  ...{ site: 'west', state: 'ok', lastOkAt: NOW - 4_000, silentSince: null, error: '', identity: null, tenants: {} },
  readings: [
    { kind: 'services', observedAt: servicesAt, tookMs: 10, error: '', things: 1 },
    { kind: 'volumes', observedAt: NOW - 100_000, tookMs: 1_000, error: '', things: 9 },
  ],
  report: null,
  ...change,
})

test('a cloud that answers says how old that is', () => {
  expect(cloudPulse(cloud(), NOW)).toEqual({ tone: 'ok', text: '4 s ago' })
  expect(cloudPulse(cloud({ state: 'failing' }), NOW).tone).toBe('behind')
})

test('silence counts from the last answer, and what was never read is not known', () => {
  const silent = cloud({ state: 'silent', silentSince: NOW - 48_000 })
  expect(cloudPulse(silent, NOW)).toEqual({ tone: 'unknown', text: 'no answer for 48 s' })
  expect(cloudPulse(cloud({ state: 'new' }, null), NOW)).toEqual({ tone: 'unknown', text: 'not read yet' })
})

test('a reading that nobody renews is not fresh, though nobody says that the cloud is silent', () => {
  expect(cloudPulse(cloud({}, NOW - 46_000), NOW).tone).toBe('unknown')
})

test('the oldest kind that is too old is named; one that was never read comes first', () => {
  expect(staleKind(cloud(), ['services', 'volumes'], NOW)).toBeNull()
  expect(staleKind(cloud(), ['services', 'volumes'], NOW + 100_000)?.kind).toBe('volumes')
  expect(staleKind(cloud(), ['services', 'servers'], NOW)?.kind).toBe('servers')
})
