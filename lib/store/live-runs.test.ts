import { expect, test } from 'vitest'
import type { Plan, PlanMember } from '@/lib/domain/plan'
import { openStore } from './database'
import { migrate } from './migrate'
import { insertRun, liveRunsOf } from './runs-write'

const IMAGE = 'a~b/volumes//g1'

/** Which of these keys a live run is in the way of, that has one member of this key. */
async function inTheWay(live: string, keys: readonly string[]): Promise<readonly string[]> {
  const store = openStore(':memory:')
  await migrate(store)
  const member = { kind: 'schedule', key: live, family: live, generation: 0 } as unknown as PlanMember
  const plan = {
    procedure: 'take-down',
    from: 'a',
    to: 'b',
    steps: [{ name: 'preflight', title: '', proof: '' }],
    members: [member],
  } as unknown as Plan
  const run = { id: 'r1', requestId: 'q1', title: 't', plan, planHash: 'h', findings: [], at: 1 }
  const ledger = { at: 0, rows: [], setAside: [] }
  const actor = { kind: 'system', name: 'test' } as const
  await store.transaction().execute((tx) => insertRun(tx, { ...run, ledger, actor }))
  const busy = await store.transaction().execute((tx) => liveRunsOf(tx, keys))
  await store.destroy()
  return [...busy.keys()]
}

test('a pool at a site is in the way of every image and schedule of it, and they of the pool', async () => {
  const others = [IMAGE, 'a~c/volumes//g2', 'b~c/volumes//g3', 'a~b/vms//g4', 'schedule:volumes/*/1m', 'sites']
  expect(await inTheWay('pool:a/volumes', others)).toEqual([IMAGE, 'a~c/volumes//g2', 'schedule:volumes/*/1m'])
  expect(await inTheWay(IMAGE, ['pool:a/volumes', 'pool:c/volumes', 'pool:a/vms', 'a~b/volumes//g9'])).toEqual([
    'pool:a/volumes',
  ])
})
