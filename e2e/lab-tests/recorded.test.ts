import { expect, test } from 'vitest'
import { type Act, wrongs } from './recorded'

let clock = 0
/** One act after the other. */
const act = (site: string, verb: string, target = 'volumes/v', exit: number | null = 0): Act => {
  clock += 10
  return { id: `${clock}`, site, verb, target, startedAt: clock, endedAt: exit === null ? null : clock + 5, exit }
}
const RUN = [
  act('a', 'snapshot'),
  act('a', 'demote'),
  act('b', 'promote', 'volumes/v', 16),
  act('b', 'promote', 'volumes/v', 30),
  act('b', 'promote'),
  act('b', 'schedule add', '--pool volumes 1m'),
  act('a', 'schedule remove', '--pool volumes 1m'),
  act('b', 'snapshot'),
]
const judged = (acts: readonly Act[]) => wrongs(acts, ['volumes/v'], 'a', 'b')

test('a run that does each thing once is right, however often Ceph was busy', () => {
  expect(judged(RUN)).toEqual([])
})

test.each([
  [
    'a demotion that Ceph refused the second time',
    act('a', 'demote', 'volumes/v', 22),
    'demote of volumes/v was told 2 times',
  ],
  ['a demotion at the other site', act('b', 'demote'), 'demote of volumes/v was told 2 times'],
  ['a promotion', act('b', 'promote'), 'promote of volumes/v was told 2 times'],
  ['a mirror snapshot', act('b', 'snapshot'), 'snapshot of volumes/v at b was told 2 times'],
  [
    'a schedule',
    act('b', 'schedule add', '--pool volumes 1m'),
    'schedule add of --pool volumes 1m at b was told 2 times',
  ],
])('%s that is told twice is wrong', (_, again, words) => {
  expect(judged([...RUN, again])).toEqual([words])
})

test('a client that is put on the blocklist twice is wrong', () => {
  const evict = () => act('a', 'blocklist add', '10.0.0.2:0/1')
  expect(judged([evict(), ...RUN])).toEqual([])
  expect(judged([evict(), evict(), ...RUN])).toEqual(['blocklist add of 10.0.0.2:0/1 at a was told 2 times'])
})

test('what did not happen, happened in the wrong order, has no end or overlaps is wrong', () => {
  expect(judged(RUN.filter(({ verb }) => verb !== 'demote'))).toEqual(['volumes/v was not demoted at a'])
  expect(judged([act('b', 'promote'), act('a', 'demote')]).join()).toContain('promoted before its demotion ended')
  expect(judged([...RUN, act('b', 'enable', 'volumes/v', null)]).join()).toContain('enable of volumes/v has no end')
  const long = { ...act('a', 'demote'), endedAt: clock + 50 }
  expect(judged([long, act('b', 'promote')]).join()).toContain('demote and promote of volumes/v overlap')
})
