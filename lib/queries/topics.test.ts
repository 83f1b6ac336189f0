import { expect, test } from 'vitest'
import { affectedBy, isAffected } from './topics'

test('a site makes its own page old, and no other site page', () => {
  const affects = affectedBy('site:eu-west')
  expect(isAffected(['site', 'eu-west'], affects)).toBe(true)
  expect(isAffected(['site', 'eu-north'], affects)).toBe(false)
  expect(isAffected(['images', { q: '' }, 0], affects)).toBe(false)
})

test('a pool makes every window of the image list old', () => {
  expect(isAffected(['images', { sort: 'name' }, 300], affectedBy('pool:eu-north~eu-west/volumes'))).toBe(true)
})

test('one run is not all runs', () => {
  expect(isAffected(['run', 'r-1'], affectedBy('run:r-1'))).toBe(true)
  expect(isAffected(['run', 'r-2'], affectedBy('run:r-1'))).toBe(false)
  expect(isAffected(['runs', {}], affectedBy('runs'))).toBe(true)
})

test('a topic that nobody knows here is taken as a noun', () => {
  expect(isAffected(['drills'], affectedBy('drills:9'))).toBe(true)
})

test('a suspension that is stated makes every screen old that tells of lag', () => {
  for (const key of ['statements', 'shell', 'overview', 'wall', 'status', 'sites', 'site'])
    expect(isAffected([key], affectedBy('statements'))).toBe(true)
})

test('wall and status page follow the sum and the runs, and a site that is read makes the status page no older', () => {
  for (const topic of ['summary', 'runs', 'run:r-1']) {
    for (const key of ['wall', 'status']) expect(isAffected([key], affectedBy(topic))).toBe(true)
  }
  expect(isAffected(['wall'], affectedBy('site:eu-west'))).toBe(true)
  expect(isAffected(['status'], affectedBy('site:eu-west'))).toBe(false)
  expect(isAffected(['status'], affectedBy('status'))).toBe(true)
})

test('a cloud that was read makes its card old, and volumes that changed the lists too', () => {
  expect(isAffected(['clouds'], affectedBy('cloud:eu-west'))).toBe(true)
  expect(isAffected(['images', ''], affectedBy('cloud:eu-west'))).toBe(false)
  for (const noun of ['clouds', 'servers', 'images', 'image'])
    expect(isAffected([noun], affectedBy('volumes:eu-west'))).toBe(true)
})
