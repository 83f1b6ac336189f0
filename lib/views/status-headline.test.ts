import { expect, test } from 'vitest'
import type { ServiceStatus } from './status'
import { flow, NOW, recovery, service, silentAt } from './status-fixture'
import { headline } from './status-headline'
import { serviceWords } from './status-words'

const told = (...services: ServiceStatus[]) =>
  headline(
    services.map((one) => ({ service: one, words: serviceWords(one, NOW) })),
    NOW,
  )
const well = service([flow()])
const broken = service([flow({ states: { none: 1, 'in-step': 9 } })], { name: 'Archive' })
const late = service([flow({ late: 2, lateFromAt: NOW - 600_000 })], { name: 'Shop' })
const dark = service([flow(silentAt('west'))], { name: 'Ledger' })
const moving = service([flow()], { name: 'Portal', recovery: recovery() })

test('no service, one and all of them', () => {
  expect(told()).toEqual({ tone: 'none', text: 'No service has been named for this page yet.' })
  expect(told(well)).toEqual({ tone: 'ok', text: 'The service is protected.' })
  expect(told(well, well).text).toBe('Both services are protected.')
  expect(told(well, well, well)).toEqual({ tone: 'ok', text: 'All three services are protected.' })
})

test('what is wrong is named, worst first, with its beginning where that is known', () => {
  expect(told(well, late, broken)).toEqual({
    tone: 'bad',
    text: 'One of three services is protected. Archive: not fully protected; Shop: behind its objective since 11:50 UTC.',
  })
})

test('a silent site is said once, and not once a service', () => {
  expect(told(dark, { ...dark, name: 'B' }, well).text).toBe(
    'west has not been heard of since 11:42 UTC. One of three services is protected.',
  )
  expect(told(dark).text).toBe('west has not been heard of since 11:42 UTC.')
})

test('a move comes first, and the others are counted without it', () => {
  expect(told(moving, well, well)).toEqual({
    tone: 'copying',
    text: 'Portal is being moved from west to north. Both other services are protected.',
  })
  expect(told(moving, { ...moving, name: 'Shop' }).text).toBe('Portal and Shop are being moved from west to north.')
  const rescue = service([flow()], { recovery: recovery({ kind: 'rescue' }) })
  expect(told(rescue).text).toBe('Payments is being recovered at north, since west is taken for lost.')
  expect(told(moving).text).toBe('Portal is being moved from west to north.')
})
