import { expect, test } from 'vitest'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { look } from '../../look'
import { contextOf } from '../../step'
import { cinderWorld, tinyCinderForced } from '../../tiny-cinder'

test('fail-over-backend asks a dead site all its questions at one time: it takes seconds to say nothing to each', async () => {
  const world = cinderWorld()
  const plan = await tinyCinderForced(world)
  world.dead.add('west')
  const [member] = plan.members.filter(({ kind }) => kind === 'backend')
  if (member === undefined) throw new Error('the plan has no backend')
  let open = 0
  let most = 0
  const dead: MirrorPort = {
    ...world.port('west'),
    async lineages(...asked) {
      open++
      most = Math.max(most, open)
      // Whatever is asked at one time has been asked by then.
      await new Promise((resolve) => setImmediate(resolve))
      open--
      return world.port('west').lineages(...asked)
    },
  }
  const mirror = (site: string) => (site === 'west' ? dead : world.port(site))
  const record: MemberRecord = { idx: 0, member, family: '', state: 'pending', reason: '', stepIdx: 0, memo: {} }
  const context = contextOf(plan, { clock: world.clock, cloud: world.cloud, mirror })
  expect(await look('fail-over-backend', [record], context)).toMatchObject([{ kind: 'ready' }])
  expect(most).toBe(2)
})
