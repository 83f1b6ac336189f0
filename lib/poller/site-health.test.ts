import { expect, test } from 'vitest'
import { AdapterError } from '@/lib/ports/errors'
import { SiteHealth } from './site-health'

const unreachable = new AdapterError('unreachable', 'east', 'statuses', 'no answer')
const denied = new AdapterError('denied', 'east', 'statuses', 'the key was refused')

function answering(): SiteHealth {
  const health = new SiteHealth(0)
  health.begins('fast', 0)
  health.answered('fast', 1_000)
  return health
}

test('a site that was never asked is new; one that answers is ok', () => {
  expect(new SiteHealth(0).condition(5_000)).toBe('new')
  expect(answering().condition(5_000)).toBe('ok')
})

test('silence needs both the helper and a cheap command to wait, and nine seconds without any answer', () => {
  const health = answering()
  health.begins('fast', 3_000)
  expect(health.takeProbe(4_000)).toBe(false)
  expect(health.takeProbe(5_000)).toBe(true)
  expect(health.takeProbe(5_500)).toBe(false)
  expect(health.condition(12_000)).toBe('ok')
  health.begins('probe', 5_000)
  expect(health.condition(9_900)).toBe('ok')
  expect(health.condition(10_000)).toBe('silent')
})

test('a site whose cheap command answers is slow, not silent', () => {
  const health = answering()
  health.begins('fast', 3_000)
  health.begins('probe', 5_000)
  health.answered('probe', 7_000)
  expect(health.condition(20_000)).toBe('ok')
})

test('a refusal is an answer: the site fails, and is not silent', () => {
  const health = answering()
  health.failed('fast', denied)
  expect(health.condition(60_000)).toBe('failing')
  expect(health.error()).toContain('the key was refused')
})

test('a site that never answered falls silent as well', () => {
  const health = new SiteHealth(0)
  health.failed('fast', unreachable)
  health.failed('probe', unreachable)
  expect(health.condition(8_000)).toBe('failing')
  expect(health.condition(9_000)).toBe('silent')
  health.begins('fast', 9_500)
  health.answered('fast', 9_600)
  expect(health.condition(9_700)).toBe('ok')
})

test('an answer in which no image could be read, or of the helper alone, does not prove that the cluster lives', () => {
  const health = answering()
  health.begins('fast', 3_000)
  health.doubted('fast')
  health.begins('probe', 8_500)
  health.failed('probe', unreachable)
  expect(health.condition(10_000)).toBe('silent')
  health.begins('fast', 10_500)
  health.answeredByHelper('fast')
  expect(health.condition(11_000)).toBe('silent')
  expect(health.lastOkAt()).toBe(1_000)
})
