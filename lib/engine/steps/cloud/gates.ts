import type { Gate } from '@/lib/domain/boot-order'
import type { GateMember } from '@/lib/domain/cloud-plan'
import { gateProblem, gateText } from '@/lib/domain/gate-words'
import type { Probed } from '@/lib/ports/probe'
import type { Memo } from '@/lib/ports/run-journal'
import { blocked, done, type Look, type Step, type StepContext, type Subject, stepFor, waiting } from '../../step'

/**
 * Behind the servers of one boot order, and in front of the next: ACTIVE says that Nova started a server, and nothing of what
 * runs inside. Looked at in its turn alone, since what it looks at may answer by chance before. A gate never fails; what
 * never opens is passed by hand, which is setting it aside.
 */
export const openGates: Step = stepFor('gate', {
  name: 'start-servers',
  observe: (subjects, context) => Promise.all(subjects.map((subject) => lookAtGate(subject, context))),
  // Between the orders, which are whole numbers.
  rank: ({ after }) => after + 0.5,
  ranksAll: true,
  stoppedHolds: () => true,
  inTurn: true,
})

async function lookAtGate({ member: { gate, after }, memo }: Subject<GateMember>, context: StepContext): Promise<Look> {
  const problem = gateProblem(gate)
  if (problem !== null) return blocked(`this gate can never be looked at: ${problem}`)
  switch (gate.kind) {
    case 'pause':
      return pause(gate.sec, after, memo, context)
    case 'human':
      return answered(gate.question, memo, context)
    default:
      return probed(gate, context)
  }
}

async function probed(gate: Extract<Gate, { kind: 'port' | 'http' }>, { probe }: StepContext): Promise<Look> {
  if (probe === null) return waiting(`nothing is looked at from here: see by hand that ${gateText(gate)}`)
  const seen: Probed =
    gate.kind === 'port' ? await probe.port(gate.host, gate.port) : await probe.http(gate.url, gate.status)
  if (seen.open) return done(gateText(gate))
  return waiting(
    gate.kind === 'port'
      ? `port ${gate.port} of ${gate.host} ${seen.text}`
      : `${gate.url} ${seen.text}, and ${gate.status} is waited for`,
  )
}

/** Counted from its first turn, which comes when the last server in front of it was seen ACTIVE: on disk, so it outlives us. */
function pause(sec: number, after: number, { since }: Memo, { clock }: StepContext): Look {
  const from = typeof since === 'number' ? since : clock.now()
  const until = from + sec * 1000
  if (clock.now() >= until) return done(`${sec} s have passed since the last of boot order ${after} was seen ACTIVE`)
  const text = `${sec} s pass after the last of boot order ${after} was seen ACTIVE: until ${new Date(until).toISOString()}`
  return since === from ? waiting(text) : waiting(text, { since: from })
}

/** Nobody is asked before its turn: `askedAt` says that it has come. What was answered is written by who took the answer. */
function answered(question: string, { askedAt, answer, answeredBy }: Memo, { clock }: StepContext): Look {
  if (answer === 'yes') return done(`${answeredBy} said yes: ${question}`)
  if (answer === 'no') return waiting(`${answeredBy} said no: ${question}`)
  const text = `somebody has to say yes: ${question}`
  return typeof askedAt === 'number' ? waiting(text) : waiting(text, { askedAt: clock.now() })
}
