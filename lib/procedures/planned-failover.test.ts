import { expect, test } from 'vitest'
import type { ImageMember } from '@/lib/domain/plan'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import { planHash } from './plan-hash'
import { compilePlannedFailover } from './planned-failover'
import { runbook } from './runbook'
import { shellWord } from './shell-word'

const image = (name: string, mode: ImageMember['mode'] = 'snapshot'): ImageMember => ({
  kind: 'image',
  key: `k-${name}`,
  image: { pool: 'volumes', namespace: '', name },
  globalId: `g-${name}`,
  mode,
  family: `k-${name}`,
  generation: 0,
  outsideParent: null,
  sizeBytes: 1,
})
const schedule = (name: string | null, interval: string): SnapshotSchedule => ({
  pool: 'volumes',
  namespace: null,
  image: name,
  interval,
  startTime: null,
})
const compile = (
  images: readonly ImageMember[],
  schedules: readonly SnapshotSchedule[],
  whole: readonly string[] = [],
) =>
  compilePlannedFailover({
    from: 'west',
    to: 'north',
    options: { allOrNothing: false, clients: 'wait' },
    images,
    schedules,
    wholePools: new Set(whole),
  })
const schedulesOf = (plan: ReturnType<typeof compile>) => plan.members.filter((member) => member.kind === 'schedule')

test('the schedule of a pool moves with the whole pool, and leaves the old one', () => {
  const plan = compile([image('a'), image('b')], [schedule(null, '1m')], ['volumes'])
  expect(schedulesOf(plan)).toMatchObject([{ image: null, interval: '1m', removeOld: true }])
})

test('a part of a pool gets schedules of its own, and the pool keeps its schedule', () => {
  const plan = compile([image('a')], [schedule(null, '1m')])
  expect(schedulesOf(plan)).toMatchObject([{ image: 'a', interval: '1m', removeOld: false }])
})

test('the schedule of an image beats that of its pool, and moves', () => {
  const plan = compile([image('a')], [schedule(null, '1h'), schedule('a', '5m')], ['volumes'])
  expect(schedulesOf(plan)).toMatchObject([{ image: 'a', interval: '5m', removeOld: true }])
})

test('an image in journal mode needs no schedule', () => {
  expect(schedulesOf(compile([image('a', 'journal')], [schedule(null, '1m')], ['volumes']))).toEqual([])
})

test('the same choice in another order is the same plan, and one image more is another', () => {
  const one = planHash(compile([image('a'), image('b')], []))
  expect(planHash(compile([image('b'), image('a')], []))).toBe(one)
  expect(planHash(compile([image('a')], []))).not.toBe(one)
})

test('the runbook has every command in order, and marks what is done', () => {
  const shown = (site: string, argv: readonly string[]) => ['rbd', '--cluster', site, ...argv.slice(1)]
  const plan = compile([image('a')], [])
  const fresh = runbook(plan, 'drill', shown, () => 0)
  const order = ['mirror image snapshot', 'mirror image demote', 'snap ls --all', 'mirror image promote'].map((word) =>
    fresh.indexOf(word),
  )
  expect(order.every((place) => place > 0)).toBe(true)
  expect([...order].sort((a, b) => a - b)).toEqual(order)
  const demoted = plan.steps.findIndex(({ name }) => name === 'prove')
  expect(runbook(plan, 'drill', shown, () => demoted)).toContain(
    '# done  volumes/a: rbd --cluster west mirror image demote volumes/a',
  )
})

test('a name with blanks or quotes stays one word in the shell', () => {
  expect(shellWord("it's here")).toBe(`'it'\\''s here'`)
  expect(shellWord('$(reboot)')).toBe("'$(reboot)'")
})
