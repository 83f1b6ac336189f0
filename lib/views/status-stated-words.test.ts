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

const halted = (over: Partial<ServiceFlow>) =>
  said({ states: { 'in-step': 7, halted: 3 }, haltedFromAt: NOW - 20 * MINUTE, ...over })

test('a copy that stands still and that nobody planned to has stopped, and it is said since when', () => {
  const { state, lines } = halted({ connecting: 3 })
  expect(state).toBe('Copying has stopped')
  expect(lines).toContain('The copying of 3 of its 10 disks has stopped, the first since 11:40 UTC.')
  const [flows] = [service([flow({ states: { halted: 1 }, disks: 1, haltedFromAt: NOW - 20 * MINUTE })])]
  expect(serviceWords(flows, NOW).since).toBe(NOW - 20 * MINUTE)
})

test('a copy that waits for the end of planned work is told as planned', () => {
  const { state, lines } = halted({ connecting: 3, pausedUntil: NOW + HOUR })
  expect(state).toBe('Copying paused, as planned')
  expect(lines).toContain('The copying of 3 of its 10 disks waits for the end of the planned work.')
  expect(lines.join(' ')).not.toContain('has stopped')
})

test('a copy that stands still for another reason during planned work is not as planned', () => {
  const { state, lines } = halted({ connecting: 1, pausedUntil: NOW + HOUR })
  expect(state).toBe('Copying has stopped')
  expect(lines).toContain('The copying of one of its 10 disks waits for the end of the planned work.')
  expect(lines).toContain('The copying of 2 of its 10 disks has stopped, the first since 11:40 UTC.')
  expect(halted({ connecting: 3, pausedUntil: NOW - 1 }).state).toBe('Copying has stopped')
})

test('where planned work explains what stands still, what is late elsewhere is late', () => {
  const standing = flow({ states: { halted: 10 }, connecting: 10, pausedUntil: NOW + HOUR })
  const both = service([standing, flow({ ...late, from: 'north', to: 'west' })])
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
