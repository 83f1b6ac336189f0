import { expect, test } from 'vitest'
import type { ServiceFlow, ServiceStatus } from './status'
import { flow, NOW, recovery, service, silentAt } from './status-fixture'
import { serviceWords } from './status-words'

const said = (one: ServiceStatus, now = NOW) => {
  const { tone, state, sentences } = serviceWords(one, now)
  return { tone, state, lines: sentences.map(({ sure, text }) => `${sure}: ${text}`) }
}
const of = (over: Partial<ServiceFlow>, more: Partial<ServiceStatus> = {}) => said(service([flow(over)], more))

test('a service that is well is known in three sentences', () => {
  expect(of({})).toEqual({
    tone: 'ok',
    state: 'Protected',
    lines: [
      'known: Its data is served from west, its usual place.',
      'known: A copy of all its data is kept at north.',
      'known: If west failed now, the changes of the last 45 seconds would be missing (the objective is 2 minutes).',
    ],
  })
})

test('away from home it is protected, and where it is served from is said', () => {
  const away = of({ from: 'north', to: 'west' })
  expect(away).toMatchObject({ tone: 'ok', state: 'Protected, at north' })
  expect(away.lines[0]).toBe('known: Its data is served from north, not from west, its usual place.')
})

test('without a usual place none is made up', () => {
  expect(of({}, { home: null }).lines[0]).toBe('known: Its data is served from west.')
  expect(of({ from: 'north', to: 'west' }, { home: null }).state).toBe('Protected')
})

test('a service at two sites says how much is where', () => {
  const two = said(service([flow(), flow({ from: 'north', to: 'west', disks: 3, states: { 'in-step': 3 } })]))
  expect(two.lines.slice(0, 2)).toEqual([
    'known: 10 of its 13 disks are served from west, its usual place, and 3 from north.',
    'known: A copy of all its data is kept at north and west.',
  ])
})

test('a bound is estimated and never called known', () => {
  expect(of({ grade: 'bounded' }).lines[2]).toBe(
    'estimated: If west failed now, the changes of the last 45 seconds would be missing at most (the objective is 2 minutes).',
  )
})

test('a loss is rounded up, never down', () => {
  for (const [sec, text] of [
    [1, '5 seconds'],
    [60, '60 seconds'],
    [61, '70 seconds'],
    [121, '3 minutes'],
    [7_201, '3 hours'],
  ] as const) {
    expect(of({ heldUntilAt: NOW - sec * 1000 }).lines[2]).toContain(`the last ${text} `)
  }
})

test('where it is served from has gone silent: nothing of it stays known, and the loss counts on', () => {
  const dark = of(silentAt('west'))
  expect(dark).toMatchObject({ tone: 'unknown', state: 'Not known' })
  expect(dark.lines.filter((line) => line.startsWith('known'))).toEqual([])
  expect(dark.lines).toContain(
    'unknown: west has not been read since 11:42 UTC: how this service stands there is not known.',
  )
  const later = said(service([flow(silentAt('west'))]), NOW + 25_000)
  expect(later.lines.find((line) => line.startsWith('estimated'))).toContain('the last 70 seconds are missing at most')
})

test('where its copy is has gone silent: it is still served, and no figure is given for the loss', () => {
  const blind = of(silentAt('north'))
  expect(blind).toMatchObject({ tone: 'unknown', state: 'Copy not known' })
  expect(blind.lines).toEqual([
    'known: Its data is served from west, its usual place.',
    'unknown: north has not been read since 11:42 UTC: how this service stands there is not known.',
    'unknown: How much would be lost if west failed now is not known: its copy at north cannot be seen.',
  ])
})

test('opened elsewhere when its site was lost, it is not protected, however silent that site is', () => {
  const alone = { from: 'north', to: 'west', states: { none: 4, 'in-step': 6 }, alone: 4, ...silentAt('west') }
  expect(serviceWords(service([flow(alone)]), NOW)).toMatchObject({ tone: 'bad', state: 'Not fully protected' })
  // Of its own site nothing is seen either: then that is not known.
  expect(serviceWords(service([flow({ ...alone, ...silentAt('north') })]), NOW)).toMatchObject({ tone: 'unknown' })
})

test('readings grow old by themselves: without a new answer nothing is known half a minute later', () => {
  expect(said(service([flow()]), NOW + 60_000)).toMatchObject({ tone: 'unknown', state: 'Not known' })
})

test('a site that was never read is said as that', () => {
  const reads: ServiceFlow['reads'] = [{ site: 'north', readAt: null, freshUntilAt: null }, flow().reads[1]]
  const never = serviceWords(service([flow({ reads })]), NOW)
  expect(never).toMatchObject({ readAt: null, since: null, tone: 'unknown' })
  expect(never.sentences.map(({ text }) => text)).toContain(
    'north has not been read yet: how this service stands there is not known.',
  )
})

test.each([
  [{ apart: 1 }, 'bad', 'Not fully protected', 'known: One of its 10 disks has two copies that differ'],
  [{ apart: 3 }, 'bad', 'Not fully protected', 'known: 3 of its 10 disks have two copies each that differ'],
  [{ none: 2 }, 'bad', 'Not fully protected', 'known: 2 of its 10 disks have no copy that could be used.'],
  [{ incomplete: 1 }, 'bad', 'Not fully protected', 'known: One of its 10 disks rests on data without a usable copy'],
  [{ closed: 2 }, 'bad', 'Not fully protected', 'known: 2 of its 10 disks can be written at neither site now.'],
  [
    { halted: 1 },
    'behind',
    'Copying has stopped',
    'known: The copying of one of its 10 disks has stopped, since when is not known.',
  ],
  [
    { 'first-copy': 6 },
    'copying',
    'First copy being made',
    'known: 6 of its 10 disks are being copied for the first time',
  ],
  [
    { unmeasured: 4 },
    'unknown',
    'Being measured',
    'unknown: 4 of its 10 disks have copies of which it is not measured',
  ],
] as const)('%j is said in its own words', (states, tone, state, line) => {
  const [[, count]] = Object.entries(states) as [[string, number]]
  const words = of({ states: { ...states, 'in-step': 10 - count } })
  expect(words).toMatchObject({ tone, state })
  expect(words.lines).toContainEqual(expect.stringContaining(line))
  expect(words.lines).toContain(`known: A copy of ${10 - count} of its 10 disks is kept at north.`)
})

test('the worst decides: differing copies outrank a site that is silent elsewhere, and both are said', () => {
  const other = flow({ disks: 5, from: 'south', to: 'west', ...silentAt('west') })
  const words = said(service([flow({ states: { apart: 1, 'in-step': 9 } }), other]))
  expect(words).toMatchObject({ tone: 'bad' })
  expect(words.lines.some((line) => line.startsWith('unknown: west has not been read'))).toBe(true)
})

test('behind its objective it says since when, also where that came to be after the last reading', () => {
  const late = service([flow({ late: 4, lateFromAt: NOW - 20 * 60_000, heldUntilAt: NOW - 22 * 60_000 })])
  expect(serviceWords(late, NOW)).toMatchObject({
    tone: 'behind',
    state: 'Behind its objective',
    since: NOW - 20 * 60_000,
  })
  expect(said(late).lines[2]).toBe(
    'known: 4 of its 10 disks are further behind than the objective of 2 minutes since 11:40 UTC.',
  )
  expect(of({ late: 0, lateFromAt: NOW - 1_000 }).lines[2]).toContain('One disk is further behind')
})

test('a service without any disk claims nothing', () => {
  expect(said(service([]))).toEqual({
    tone: 'unknown',
    state: 'Nothing in it',
    lines: ['unknown: No data belongs to this service now, so nothing can be said of it.'],
  })
})

test('a move says its stage in plain words, how far it is, when it is meant to end and when the next word comes', () => {
  const words = said(service([flow({ states: { closed: 6, 'in-step': 4 } })], { recovery: recovery() }))
  expect(words).toMatchObject({ tone: 'copying', state: 'Being moved' })
  expect(words.lines.slice(0, 4)).toEqual([
    'known: Its data is being moved from west to north since 11:53 UTC.',
    'known: Stage 5 of 11: proving that north holds everything.',
    'known: 4 of 10 disks have been opened at north.',
    'known: It is meant to end by 12:23 UTC. Next word by 12:08 UTC.',
  ])
  expect(words.lines.some((line) => line.includes('neither site'))).toBe(false)
})

test.each([
  [{ state: 'queued', startedAt: null }, 'Its data is about to be moved from west to north.'],
  [{ kind: 'rescue' }, 'west is taken for lost; its data is being opened at north since 11:53 UTC.'],
  [{ kind: 'repair' }, 'Its protection is being made whole again since 11:53 UTC.'],
  [{ state: 'paused' }, 'The operators have paused it.'],
  [{ wish: 'stop' }, 'It is being stopped: what had not arrived yet is opened at west again, where that is safe.'],
  [{ stopped: 1 }, 'One disk waits for a decision by the operators.'],
  [{ stopped: 3 }, '3 disks wait for a decision by the operators.'],
  [{ stage: 'under-way' }, 'Stage 5 of 11: under way.'],
  [{ startedAt: NOW - 40 * 60_000 }, 'It has lasted 40 minutes, longer than the 30 minutes that were meant.'],
] as const)('a move that is %j says so', (over, text) => {
  const words = serviceWords(service([flow()], { recovery: recovery(over) }), NOW)
  expect(words.sentences).toContainEqual(expect.objectContaining({ text: expect.stringContaining(text) }))
})
