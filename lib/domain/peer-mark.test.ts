import { expect, test } from 'vitest'
import { markOf } from './peer-mark'

const peer = (siteName: string, mirrorUuid = `uuid-${siteName}`) => ({ siteName, mirrorUuid })
const at = (siteName: string, ...peers: ReturnType<typeof peer>[]) => ({ siteName, peers })

test('a site is known by the uuid of the peer that has its name', () => {
  expect(markOf(at('b', peer('a'), peer('c')), at('a'), 'west')).toEqual({ kind: 'uuid', uuid: 'uuid-a' })
  expect(markOf(at('b', peer('west')), at(''), 'west')).toEqual({ kind: 'uuid', uuid: 'uuid-west' })
})

test('copied one way it has no uuid yet, and is the only one there is', () => {
  expect(markOf(at('b', peer('a', '')), at('a'), 'west')).toEqual({ kind: 'only' })
  expect(markOf(at('b'), at('a'), 'west')).toEqual({ kind: 'only' })
})

test.each([
  ['of two peers the right one has no uuid', [peer('a', ''), peer('c')]],
  ['the only peer has another name', [peer('c')]],
  ['two have its name', [peer('a'), peer('a', 'again')]],
])('it is not known where %s', (_, peers) => {
  expect(markOf(at('b', ...peers), at('a'), 'west')).toEqual({ kind: 'unknown' })
})
