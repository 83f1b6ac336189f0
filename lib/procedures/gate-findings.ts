import type { BootGate } from '@/lib/domain/boot-order'
import { gateProblem, gateText } from '@/lib/domain/gate-words'
import type { Finding } from '@/lib/domain/plan'

/** What is wrong with the gates that were asked for, and that they are there. */
export function gateFindings(gates: readonly BootGate[]): readonly Finding[] {
  if (gates.length === 0) return []
  const base = { check: 'gates', command: '', keys: [] } as const
  const wrong = gates.flatMap(({ after, gate }): readonly Finding[] => {
    const problem = gateProblem(gate)
    if (problem === null) return []
    const title = `A gate after boot order ${after} can never be looked at`
    return [{ ...base, severity: 'blocks', title, evidence: problem, remedy: 'Change the gate, then look again.' }]
  })
  if (wrong.length > 0) return wrong
  return [
    {
      ...{ ...base, severity: 'pass', remedy: '' },
      title: `${gates.length} ${gates.length === 1 ? 'gate stands' : 'gates stand'} between the boot orders`,
      evidence: gates.map(({ after, gate }) => `after order ${after}: ${gateText(gate)}`).join('; '),
    },
  ]
}
