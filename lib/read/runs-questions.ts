import { isActive } from '@/lib/domain/run-states'
import type { RunDetail } from '@/lib/views/runs'
import type { FrozenRun } from './runs-frozen'
import type { LightMember } from './runs-standing'

interface Said {
  readonly askedAt?: unknown
  readonly answer?: unknown
  readonly answeredBy?: unknown
}

/** What gates ask of a person now. One that was answered yes is on its way, and asks nothing more. */
export const questionsOf = (members: readonly LightMember[], { members: frozen }: FrozenRun): RunDetail['questions'] =>
  members.flatMap(({ idx, state, memo }) => {
    const member = frozen[idx]?.member
    if (member?.kind !== 'gate' || member.gate.kind !== 'human' || !isActive(state)) return []
    const { askedAt, answer, answeredBy } = JSON.parse(memo) as Said
    if (typeof askedAt !== 'number' || answer === 'yes') return []
    return [{ idx, question: member.gate.question, askedAt, said: answer === 'no' ? `${answeredBy} said no` : null }]
  })
