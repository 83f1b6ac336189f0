import { expect, test } from 'vitest'
import { unreadable } from '@/lib/domain/data-health'
import type { Channel } from '@/lib/ports/channel'
import captured from './captures/outputs.json'
import { dataHealth } from './data-health'

const MUTED_AND_NAMED = {
  status: 'HEALTH_OK',
  checks: {
    PG_AVAILABILITY: {
      severity: 'HEALTH_WARN',
      summary: { message: 'Reduced data availability: 1 pg inactive', count: 1 },
      detail: [{ message: 'pg 2.1f is stuck inactive for 5m, current state down, last acting [1,2]' }],
      muted: true,
    },
  },
}

/** A channel at which each of the three commands answers so. */
const saying = (health: unknown, status = captured['healthy-a-status'].stdout) =>
  ({
    site: 'west',
    command: async ([, verb]: readonly string[]) => {
      const stdout =
        verb === 'health' ? JSON.stringify(health) : verb === 'status' ? status : captured['healthy-a-pool-ls'].stdout
      return { exit: 0, stdout, stderr: '', durationMs: 1, overdue: false }
    },
  }) as unknown as Channel

test('a healthy cluster of the lab can be read, and its pools for other things are told apart', async () => {
  const health = await dataHealth(saying({ status: 'HEALTH_OK', checks: {}, mutes: [] }))
  expect(unreadable(health)).toBeNull()
  expect(health.groupStates.every(({ state }) => state === 'active+clean')).toBe(true)
  expect(health.otherPools).toEqual([1])
})

test('a check that is muted counts all the same, and names its placement groups', async () => {
  const health = await dataHealth(saying(MUTED_AND_NAMED))
  expect(health.checks).toMatchObject([{ code: 'PG_AVAILABILITY', groups: ['2.1f'] }])
  expect(unreadable(health)).toContain('PG_AVAILABILITY: Reduced data availability: 1 pg inactive')
})

test.each([
  ['fewer lines than it counts', 2, ['pg 2.1f is down, acting [1]']],
  ['lines that name none', 1, ['1 scrub error']],
  ['no lines', 1, []],
] as const)('a detail with %s names nobody', async (_, count, lines) => {
  const detail = lines.map((message) => ({ message }))
  const checks = { PG_DAMAGED: { severity: 'HEALTH_ERR', summary: { message: 'x', count }, detail } }
  expect((await dataHealth(saying({ checks }))).checks).toMatchObject([{ groups: null }])
})
