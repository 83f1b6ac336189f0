import { expect, test } from 'vitest'
import { takenDownBy, takenDownOf } from './taken-down'

const by = (...names: string[]) => takenDownBy(names.map((name) => ({ name })))

test('what is taken down is told by the steps: copies are deleted only where images are ended', () => {
  expect(by('remove-schedules', 'disable-mirroring', 'remove-peers', 'disable-pool')).toBe('images')
  expect(by('remove-peers', 'disable-pool')).toBe('pools')
  expect(by('remove-peers')).toBe('peers')
  expect(by('remove-schedules')).toBe('schedules')
  expect(takenDownOf('all')).toBe('images')
  expect(takenDownOf('peers')).toBe('peers')
})
