import { expect, test } from 'vitest'
import { FailoverIntent } from '@/lib/views/recover'
import type { Draft } from './draft'
import { intentOf, missing } from './intent'

const draft: Draft = {
  procedure: 'planned-failover',
  fence: { kind: 'not-proven', at: null, note: '' },
  from: 'eu-west',
  to: 'eu-north',
  scope: 'images',
  pools: [],
  images: [{ id: 'eu-north~eu-west/volumes//g-1', name: 'volumes/db-1', primarySite: 'eu-west' }],
  leaveOut: [],
  allOrNothing: false,
  clients: 'wait',
  keepDays: 14,
  requestId: 'r',
}

test('a draft with two sites and an image is asked for as the server takes it', () => {
  const intent = intentOf(draft)
  expect(FailoverIntent.parse(intent).select).toEqual({ kind: 'images', ids: ['eu-north~eu-west/volumes//g-1'] })
})

test('what is missing is said, and then nothing is asked for', () => {
  expect(missing({ ...draft, to: '' })).toBe('Choose the site that takes over')
  expect(missing({ ...draft, scope: 'pools' })).toBe('Choose at least one pool')
  expect(missing({ ...draft, images: [] })).toContain('Pick images')
  expect(intentOf({ ...draft, images: [] })).toBeNull()
})

test('an image that has no copy at the target is not asked for in silence', () => {
  expect(missing({ ...draft, to: 'eu-south' })).toBe(
    '1 of the picked images are not mirrored between eu-west and eu-south: remove them',
  )
})

test('the whole site needs no images picked', () => {
  expect(intentOf({ ...draft, scope: 'site', images: [] })?.select).toEqual({ kind: 'site' })
})
