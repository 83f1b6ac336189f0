import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { lookAtBoth } from '../look-at'
import { blocked, done, ready, type Step, stepFor, waiting } from '../step'
import { stopClients } from './stop-clients'

/** The old primary lays down its role. A client that came back since the last look holds it up. */
export const demote: Step = stepFor('image', {
  name: 'demote',
  async observe(subjects, context) {
    const looks = await lookAtBoth(subjects, context, ({ member }, from, to) => {
      if (from.role === 'non-primary') return done(`non-primary at ${context.plan.from}`)
      if (to.role === 'primary') return blocked('primary at both sites: choose the good copy first')
      return ready(context.plan.from, mirrorArgv.demote(specText(member.image)))
    })
    // Naming clients costs a question to the monitors: asked only of those that would be demoted now.
    const due = subjects.filter((_, index) => looks[index]?.kind === 'ready')
    if (due.length === 0) return looks
    const clients = await stopClients.observe(due, context)
    return looks.map((look, index) => {
      const subject = subjects[index]
      const client = subject && clients[due.indexOf(subject)]
      if (look.kind !== 'ready' || client?.kind === 'done') return look
      if (client?.kind === 'ready') return client
      return waiting(client?.kind === 'waiting' ? client.reason : 'who holds it open was not read')
    })
  },
  preview: (member, plan) => [{ site: plan.from, argv: mirrorArgv.demote(specText(member.image)) }],
})
