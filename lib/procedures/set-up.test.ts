import { expect, test } from 'vitest'
import { barePlan, bareTakeDown, byHand } from '@/lib/engine/bare-plan'
import { BareWorld } from '@/lib/engine/bare-world'
import { planHash } from './plan-hash'
import { runbook } from './runbook'

const MODES = { modes: { clone: 'journal', parent: 'journal', snap: 'snapshot' }, interval: '1m' } as const

function bare() {
  const world = new BareWorld()
  world.add('parent')
  world.add('clone', 'parent')
  world.add('snap')
  return world
}
const shown = (site: string, argv: readonly string[]) => ['ssh', site, ...argv]

test('the runbook of a set-up hands a token from one command to the other, parents before clones, and through no file', () => {
  const text = runbook(barePlan(bare(), MODES), 'west to north', shown, () => 0)
  const [pipe = ''] = text.split('\n').filter((line) => line.includes('import'))
  expect(pipe).toMatch(/^ssh west rbd .*bootstrap create .* \| ssh north rbd .*bootstrap import .* -$/)
  const at = (part: string) => text.indexOf(part)
  expect(at('feature enable volumes/parent')).toBeLessThan(at('feature enable volumes/clone'))
  expect(at('image enable volumes/parent')).toBeLessThan(at('image enable volumes/clone'))
  expect(text).not.toMatch(/> ?\/|tee /)
  const hand = runbook(barePlan(bare(), { ...MODES, peering: byHand }), 't', shown, () => 0)
  expect(hand.split('\n').filter((line) => line.includes('get-or-create-key'))).toHaveLength(2)
})

test('the runbook of a take-down asks before the first image, and ends clones before their parents', () => {
  const text = runbook(bareTakeDown(bare(), MODES, 'all'), 'west to north', shown, () => 0)
  const at = (part: string) => text.indexOf(part)
  expect(at('read -r answer')).toBeLessThan(at('image disable'))
  expect(at('schedule remove')).toBeLessThan(at('image disable'))
  expect(at('image disable volumes/clone')).toBeLessThan(at('image disable volumes/parent'))
  expect(at('image disable volumes/parent')).toBeLessThan(at('pool disable'))
})

test('a part of it is a plan of its own: pools and peers alone, schedules alone', () => {
  const world = bare()
  const names = (plan: ReturnType<typeof barePlan>) => plan.steps.map(({ name }) => name)
  expect(names(barePlan(world, { modes: {} }))).toEqual(['see-ways', 'enable-pool', 'add-peers', 'see-daemons'])
  expect(names(bareTakeDown(world, MODES, 'schedules'))).toEqual(['remove-schedules'])
  expect(names(bareTakeDown(world, MODES, 'peers'))).toEqual(['remove-peers'])
  expect(bareTakeDown(world, MODES, 'peers').members.every(({ kind }) => kind === 'pool')).toBe(true)
})

test('the runbook of peers or schedules alone speaks of no image and no copy that goes', () => {
  const text = (part: 'peers' | 'schedules' | 'all') =>
    runbook(bareTakeDown(bare(), MODES, part), 't', shown, () => 0).split('set -eu')[0] ?? ''
  expect(text('peers')).toContain(
    'west and north forget each other: the images stay mirrored, nothing follows them, and nothing is deleted.',
  )
  expect(text('schedules')).toContain('the images stay mirrored, and nothing is deleted.')
  for (const part of ['peers', 'schedules'] as const) expect(text(part)).not.toMatch(/copies at|\d images|deletes/)
  expect(text('all')).toContain('the copies at north are deleted')
})

test('the same choice has the same hash', () => {
  const plan = (modes: Record<string, 'journal' | 'snapshot'>) => planHash(barePlan(bare(), { modes }))
  expect(plan({ clone: 'journal', parent: 'journal' })).toBe(plan({ parent: 'journal', clone: 'journal' }))
  expect(plan({ snap: 'journal' })).not.toBe(plan({ snap: 'snapshot' }))
})
