import { beforeEach, expect, test } from 'vitest'
import { failoverOf, handoverTo, PROMOTE, useSelection } from './selection'

const NOWHERE = { from: '', to: '' }
const href = (direction = NOWHERE) => {
  const handover = failoverOf(useSelection.getState(), direction)
  return handover.kind === 'ready' ? decodeURIComponent(handover.href) : handover.reason
}

beforeEach(() => useSelection.getState().clear())

test('a few images are handed over by name, with the site they leave', () => {
  const { toggle } = useSelection.getState()
  toggle('a~b/p//1', 'a')
  toggle('a~b/p//2', 'a')
  toggle('a~b/p//3', 'a')
  toggle('a~b/p//3', 'a')
  expect(href()).toBe('/recover/failover?from=a&ids=a~b/p//1,a~b/p//2')
})

test('two directions, or none, are refused with the reason', () => {
  const { toggle } = useSelection.getState()
  toggle('1', 'a')
  toggle('2', 'b')
  expect(href()).toBe('They are primary at a and b: one run goes one way.')
  toggle('2', 'b')
  toggle('3', null)
  expect(href()).toMatch('no single primary')
})

test('all that a filter shows goes as the filter; no filter is not all images', () => {
  useSelection.getState().takeAll('pool=volumes&from=a')
  expect(href({ from: 'a', to: 'b' })).toBe('/recover/failover?from=a&to=b&filter=pool=volumes&from=a')
  useSelection.getState().takeAll('')
  expect(href()).toMatch('filter by direction or pool first')
})

test('a promotion begins where no site is primary, and where it is promoted is asked there', () => {
  const { toggle } = useSelection.getState()
  const promote = () => handoverTo(PROMOTE, useSelection.getState(), NOWHERE)
  toggle('1', null)
  expect(promote()).toEqual({ kind: 'ready', href: '/recover/promote?ids=1' })
  toggle('2', 'a')
  expect(promote()).toMatchObject({ kind: 'refused', reason: expect.stringContaining('primary at a') })
})

test('too many to be named are refused', () => {
  const { toggle } = useSelection.getState()
  for (let n = 0; n < 51; n++) toggle(String(n), 'a')
  expect(href()).toMatch('More than 50')
})
