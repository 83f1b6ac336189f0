import type { Plan, StepName } from '@/lib/domain/plan'
import type { MemberRecord, Memo } from '@/lib/ports/run-journal'
import { look, lookUndo } from './look'
import { contextOf, type Look } from './step'
import type { CinderWorld } from './tiny-cinder'

/** What a step says of a member, by the end of its key, in a tiny world. `plan`: made before what the test does to the world. */
export async function tinyLook(
  world: CinderWorld,
  step: StepName | 'undo',
  key: string,
  plan: Plan,
  memo: Memo = {},
): Promise<Look | undefined> {
  const context = contextOf(plan, { clock: world.clock, cloud: world.cloud, mirror: (site) => world.port(site) })
  const member = plan.members.find((one) => one.key.endsWith(key))
  if (member === undefined) throw new Error(`no ${key} among ${plan.members.map((one) => one.key).join(', ')}`)
  const record: MemberRecord = { idx: 0, member, family: '', state: 'pending', reason: '', stepIdx: 0, memo }
  const [one] = step === 'undo' ? await lookUndo([record], context) : await look(step, [record], context)
  return one
}
