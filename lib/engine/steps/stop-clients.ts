import type { ImageMember } from '@/lib/domain/plan'
import { type Watcher, watcherText } from '@/lib/domain/watcher'
import type { SiteName } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { done, type Look, ready, type Step, type StepContext, type Subject, stepFor, waiting } from '../step'

/**
 * Nobody but rbd-mirror may hold the image open at the old primary: a client that goes on writing through a demotion
 * loses what it wrote, and a client that nobody can name may be anything. Sources: Ceph's docs ("close the image before
 * demotion"), ceph-facts 10.
 */
export const stopClients: Step = stepFor('image', {
  name: 'stop-clients',
  observe: (subjects, context) => clientsOf(subjects, context, context.plan.from),
  preview: (_, plan) =>
    plan.options.clients === 'evict' ? [{ site: plan.from, argv: mirrorArgv.evict('ADDRESS-OF-EACH-CLIENT') }] : [],
})

/** Who holds these images open at a site: done where nobody does. */
export async function clientsOf(
  subjects: readonly Subject<ImageMember>[],
  context: StepContext,
  site: SiteName,
): Promise<readonly Look[]> {
  const readings = await context.mirror(site).watchers(subjects.map(({ member }) => member.image))
  return subjects.map((_, index) => {
    const reading = readings[index]
    if (reading === undefined || reading.kind === 'unknown') {
      return waiting(`who holds it open at ${site} is not known: ${reading?.reason ?? 'not read'}`)
    }
    return judge(reading.value, site, context)
  })
}

/**
 * What was ready to act waits for the clients that hold it open at the site, or evicts them first. Naming clients costs a
 * question to the monitors: asked only of those that would be acted on now.
 */
export async function unlessHeldOpen(
  looks: readonly Look[],
  subjects: readonly Subject<ImageMember>[],
  context: StepContext,
  site: SiteName,
): Promise<readonly Look[]> {
  const due = subjects.filter((_, index) => looks[index]?.kind === 'ready')
  if (due.length === 0) return looks
  const clients = await clientsOf(due, context, site)
  const clientOf = new Map(due.map((subject, index) => [subject, clients[index]]))
  return looks.map((look, index) => {
    const subject = subjects[index]
    const client = subject && clientOf.get(subject)
    if (look.kind !== 'ready' || client?.kind === 'done') return look
    if (client?.kind === 'ready') return client
    return waiting(client?.kind === 'waiting' ? client.reason : 'who holds it open was not read')
  })
}

function judge(watchers: readonly Watcher[], site: SiteName, { plan }: StepContext): Look {
  const clients = watchers.filter((watcher) => !watcher.isMirrorDaemon)
  const [first] = clients
  if (first === undefined) return done(`no client holds it open at ${site}`)
  const named = clients.map(watcherText).join('; ')
  if (clients.some((watcher) => watcher.entity === null)) {
    return waiting(`held open by ${named}. One that nobody can name is never evicted: find it and stop it`)
  }
  if (plan.options.clients === 'wait')
    return waiting(`held open by ${named}. Stop the client, the run goes on by itself`)
  return ready(site, mirrorArgv.evict(first.address))
}
