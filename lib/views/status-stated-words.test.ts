import { expect, test } from 'vitest'
import type { ServiceFlow, ServiceStatus } from './status'
import { flow, NOW, service, silentAt } from './status-fixture'
import { serviceWords } from './status-words'

const HOUR = 3600_000
const MINUTE = 60_000
const late: Partial<ServiceFlow> = { late: 10, lateFromAt: NOW - MINUTE, heldUntilAt: NOW - 3 * MINUTE }
const said = (over: Partial<ServiceFlow>, more: Partial<ServiceStatus> = {}) => {
  const { state, sentences } = serviceWords(service([flow(over)], more), NOW)
  return { state, lines: sentences.map(({ text }) => text) }
}

test('a pause that is planned is told as one, and what would be lost is told all the same', () => {
  const { state, lines } = said({ ...late, pausedUntil: NOW + HOUR })
  expect(state).toBe('Copying paused, as planned')
  expect(lines).toContain('Copying from west to north is paused for planned work until 13:00 UTC.')
  expect(lines.join(' ')).toMatch(/If west failed now, the changes of the last 3 minutes would be missing/)
})

test('a pause that has ended explains nothing, nor one of another direction', () => {
  expect(said({ ...late, pausedUntil: NOW - 1 }).state).toBe('Behind its objective')
  expect(said({ ...late, pausedUntil: null }).state).toBe('Behind its objective')
  const both = service([flow({ ...late, pausedUntil: NOW + HOUR }), flow({ ...late, from: 'north', to: 'west' })])
  expect(serviceWords(both, NOW).state).toBe('Behind its objective')
})

test('that an outage is waited for is told without names and reasons, with when it is expected to end', () => {
  const waited = { site: 'west', decidedAt: NOW - MINUTE, expectedAt: NOW + HOUR, returnedAt: null }
  const lines = (over: object) => said(silentAt('west'), { waited: [{ ...waited, ...over }] }).lines.join(' ')
  expect(lines({})).toContain(
    'The outage of west is known: it was decided at 11:59 UTC to wait for it and not to move. It is expected back at 13:00 UTC.',
  )
  expect(lines({ expectedAt: NOW - 1 })).toContain('It was expected back at 11:59 UTC, and is not.')
  expect(lines({ returnedAt: NOW - MINUTE })).toContain('west is back since 11:59 UTC: whether its data goes on being')
  expect(lines({ site: 'south' })).not.toContain('south')
})
