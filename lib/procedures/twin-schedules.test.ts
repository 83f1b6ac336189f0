import { expect, test } from 'vitest'
import type { ImageMember } from '@/lib/domain/plan'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import { compileReprotect } from './reprotect'
import { scheduleFindings, twinSchedules } from './twin-schedules'

const image = (name: string, mode: ImageMember['mode'] = 'snapshot'): ImageMember => ({
  ...{ kind: 'image', key: name, image: { pool: 'volumes', namespace: '', name }, globalId: name, mode },
  ...{ family: name, generation: 0, outsideParent: null, sizeBytes: 1 },
})
const every = (interval: string, name: string | null, pool = 'volumes'): SnapshotSchedule => ({
  ...{ pool, namespace: '', image: name, interval, startTime: null },
})
const IMAGES = [image('a'), image('b'), image('j', 'journal')]

test('what the copy that lost lived by is set at the chosen site, where that has none', () => {
  const set = twinSchedules(IMAGES, 'north', [every('5m', 'b')], [every('1m', null)])
  expect(set).toMatchObject([{ image: 'a', interval: '1m', site: 'north', family: 'a' }])
  const plan = compileReprotect({
    ...{ from: 'north', to: 'west', options: { allOrNothing: false, clients: 'wait' }, images: IMAGES, schedules: set },
  })
  expect(plan.members).toContainEqual(set[0])
  expect(plan.steps.map(({ name }) => name).slice(-4)).toEqual([
    ...['set-schedule', 'see-following', 'take-snapshot', 'see-arrival'],
  ])
})

test('without one at either site it is asked for where others of the pool have one, and warned of where none has', () => {
  const found = (schedules: SnapshotSchedule[]) => scheduleFindings(IMAGES, 'north', schedules, [])
  expect(found([every('5m', 'b')])).toMatchObject([
    {
      consent: 'no-schedule',
      keys: ['a'],
      title: '1 image has no snapshot schedule at north, and others of their pool have one',
      command: 'rbd mirror snapshot schedule add --pool volumes --image a INTERVAL',
    },
  ])
  const [warned] = found([every('5m', null, 'other')])
  expect(warned).toMatchObject({ severity: 'warns', keys: ['a', 'b'] })
  expect(warned?.consent).toBeUndefined()
  expect(found([every('5m', null)])).toEqual([])
})
