import { type Watcher, watcherText } from '@/lib/domain/watcher'
import { mirrorArgv } from '@/lib/ports/mirror'
import { done, type Look, ready, type Step, type StepContext, stepFor, waiting } from '../step'

/**
 * Nobody but rbd-mirror may hold the image open at the old primary: a client that goes on writing through a demotion
 * loses what it wrote, and a client that nobody can name may be anything. Sources: Ceph's docs ("close the image before
 * demotion"), ceph-facts 10.
 */
export const stopClients: Step = stepFor('image', {
  name: 'stop-clients',
  async observe(subjects, context) {
    const { plan, mirror } = context
    const readings = await mirror(plan.from).watchers(subjects.map(({ member }) => member.image))
    return subjects.map((_, index) => {
      const reading = readings[index]
      if (reading === undefined || reading.kind === 'unknown') {
        return waiting(`who holds it open at ${plan.from} is not known: ${reading?.reason ?? 'not read'}`)
      }
      return judge(reading.value, context)
    })
  },
  preview: (_, plan) =>
    plan.options.clients === 'evict' ? [{ site: plan.from, argv: mirrorArgv.evict('ADDRESS-OF-EACH-CLIENT') }] : [],
})

function judge(watchers: readonly Watcher[], { plan }: StepContext): Look {
  const clients = watchers.filter((watcher) => !watcher.isMirrorDaemon)
  const [first] = clients
  if (first === undefined) return done(`no client holds it open at ${plan.from}`)
  const named = clients.map(watcherText).join('; ')
  if (clients.some((watcher) => watcher.entity === null)) {
    return waiting(`held open by ${named}. One that nobody can name is never evicted: find it and stop it`)
  }
  if (plan.options.clients === 'wait')
    return waiting(`held open by ${named}. Stop the client, the run goes on by itself`)
  return ready(plan.from, mirrorArgv.evict(first.address))
}
