import type { ServiceFlow, ServiceRecovery, ServiceStatus } from './status'

/** For tests: a service of two sites, west where it lives and north where its copy is. */
export const NOW = Date.UTC(2026, 10, 21, 12, 0, 0)
const MINUTE_MS = 60_000

const read = (site: string, ageMs: number): ServiceFlow['reads'][number] => ({
  site,
  readAt: NOW - ageMs,
  freshUntilAt: NOW - ageMs + 30_000,
})

export const flow = (over: Partial<ServiceFlow> = {}): ServiceFlow => ({
  from: 'west',
  to: 'north',
  disks: 10,
  states: { 'in-step': 10 },
  heldUntilAt: NOW - 42_000,
  grade: 'measured',
  objectiveSec: 120,
  late: 0,
  lateFromAt: NOW + 78_000,
  connecting: 0,
  haltedFromAt: null,
  reads: [read('north', 2_000), read('west', 1_000)],
  ...over,
})

/** One of its sites was read 18 minutes ago for the last time. */
export const silentAt = (site: 'west' | 'north'): Pick<ServiceFlow, 'reads'> => ({
  reads: [
    read('north', site === 'north' ? 18 * MINUTE_MS : 2_000),
    read('west', site === 'west' ? 18 * MINUTE_MS : 1_000),
  ],
})

export const service = (flows: readonly ServiceFlow[], over: Partial<ServiceStatus> = {}): ServiceStatus => ({
  id: 's-1',
  name: 'Payments',
  sentence: '',
  objective: '',
  home: 'west',
  flows: [...flows],
  recovery: null,
  note: null,
  ...over,
})

export const recovery = (over: Partial<ServiceRecovery> = {}): ServiceRecovery => ({
  kind: 'move',
  from: 'west',
  to: 'north',
  state: 'running',
  wish: 'go',
  startedAt: NOW - 7 * MINUTE_MS,
  stage: 'prove',
  stepIdx: 4,
  steps: 11,
  disks: 10,
  arrived: 4,
  stopped: 0,
  rtoSec: 1_800,
  ...over,
})
