import { beforeEach, expect, test } from 'vitest'
import type { SiteStatus } from '@/lib/domain/mirror-status'
import type { Plan, StepName } from '@/lib/domain/plan'
import type { MirrorPort } from '@/lib/ports/mirror'
import { look } from '../look'
import { contextOf } from '../step'
import { tinyForced, tinyPlan } from '../tiny-plan'
import { TinyWorld } from '../tiny-world'

/* A clone is moved, its parent golden and golden's parent base stay: what must be whole at the target is all of them. */

let world: TinyWorld
let says: Map<string, Partial<SiteStatus>>
beforeEach(() => {
  world = new TinyWorld()
  says = new Map()
})

/** As the world's own, with what rbd-mirror says of some copies. */
function port(site: string): MirrorPort {
  const own = world.port(site)
  return {
    ...own,
    statuses: async (pool) => {
      const { rows, ...rest } = await own.statuses(pool)
      return { ...rest, rows: rows.map((row) => ({ ...row, local: { ...row.local, ...says.get(row.name) } })) }
    },
  }
}

function planWith(make: (world: TinyWorld) => Plan): Plan {
  world.add('clone', 'journal', 'golden')
  const plan = make(world)
  world.add('golden', 'journal', 'base')
  world.add('base', 'snapshot')
  return plan
}

async function seen(step: StepName, plan: Plan) {
  const context = contextOf(plan, { clock: { now: () => 0, sleep: async () => {} }, mirror: port })
  const member = plan.members.find(({ key }) => key === 'clone')
  if (member === undefined) throw new Error('no clone')
  return (
    await look(step, [{ idx: 0, member, family: '', state: 'pending', reason: '', stepIdx: 0, memo: {} }], context)
  )[0]
}

const copying: Partial<SiteStatus> = {
  detail: { kind: 'copying', phase: 'IMAGE_COPY', percent: 40 },
  description: '40%',
}
const BAD: readonly (readonly [string, Partial<SiteStatus>])[] = [
  ['still copying', copying],
  ['a resync is under way', { detail: { kind: 'resync-requested' } }],
  ['split-brain', { detail: { kind: 'split-brain' } }],
  ['reports an error', { state: 'error' }],
  ['does not report', { up: false, state: 'unknown' }],
]

test.each(BAD)(
  'a planned failover does not take a clone whose journal-mode parent is %s there',
  async (words, status) => {
    const plan = planWith(tinyPlan)
    expect(await seen('preflight', plan)).toMatchObject({ kind: 'done' })
    says.set('golden', status)
    const held = await seen('preflight', plan)
    expect(held?.kind).not.toBe('done')
    expect(held).toMatchObject({ reason: expect.stringMatching(`its parent volumes/golden: .*${words}`) })
  },
)

const FIRST_COPY: Partial<SiteStatus>['detail'] = {
  ...{ kind: 'replaying-snapshot', replayState: 'syncing', remoteSnapshotAt: 5, localSnapshotAt: null },
  ...{ syncingPercent: 3, bytesPerSecond: null },
}

test.each([...BAD, ['the first copy is under way', { detail: FIRST_COPY }] as const])(
  'nor one whose own copy is %s',
  async (words, status) => {
    const plan = planWith(tinyPlan)
    says.set('clone', status)
    const held = await seen('preflight', plan)
    expect(held?.kind).not.toBe('done')
    expect(held).toMatchObject({ reason: expect.stringMatching(`^(?!its parent).*${words}`) })
  },
)

test('and the parent of the parent is looked at as well, up to one that is primary at the target', async () => {
  const plan = planWith(tinyPlan)
  says.set('base', copying)
  expect(await seen('preflight', plan)).toMatchObject({
    kind: 'waiting',
    reason: expect.stringContaining('an ancestor, volumes/base: still copying'),
  })
  says.clear()
  world.images.get('volumes/base')?.snapshots.get('north')?.splice(0)
  expect(await seen('preflight', plan)).toMatchObject({
    kind: 'waiting',
    reason: expect.stringContaining('not complete'),
  })
  world.images.delete('volumes/base')
  expect(await seen('preflight', plan)).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('cannot be read'),
  })
  world.images.get('volumes/golden')?.primaryAt.add('north')
  expect(await seen('preflight', plan)).toMatchObject({ kind: 'done' })
})

test('a ring of parents, which Ceph cannot have, ends the look', async () => {
  const plan = planWith(tinyPlan)
  const base = world.images.get('volumes/base')
  if (base !== undefined) base.parent = { pool: 'volumes', namespace: '', name: 'golden' }
  expect(await seen('preflight', plan)).toMatchObject({ kind: 'done' })
})

test('by force, parents are judged as copies are: half a parent helps nobody, one in error goes along', async () => {
  const plan = planWith(tinyForced)
  world.dead.add('west')
  expect(await seen('check-copy', plan)).toMatchObject({ kind: 'done' })
  says.set('base', copying)
  expect(await seen('check-copy', plan)).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('volumes/base: its first copy to north never ended'),
  })
  says.set('base', { state: 'error' })
  expect(await seen('check-copy', plan)).toMatchObject({ kind: 'done' })
})
