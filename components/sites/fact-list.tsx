import { StateMark, type Tone } from '@/components/ui/state-mark'

/** Something that must hold, as it was found. */
interface ShownFact {
  readonly title: string
  readonly state: 'pass' | 'note' | 'fail' | 'unknown'
  readonly evidence: string
  readonly why: string
}

const TONES: Record<ShownFact['state'], Tone> = { pass: 'ok', note: 'behind', fail: 'bad', unknown: 'unknown' }
const WORDS: Record<ShownFact['state'], string> = { pass: 'pass', note: 'note', fail: 'fail', unknown: 'unknown' }
const RANK: Record<ShownFact['state'], number> = { fail: 0, unknown: 1, note: 2, pass: 3 }

/** Nothing passes on old evidence; what failed is still worth knowing. */
export const asLastRead = <T extends ShownFact>(fact: T): ShownFact =>
  fact.state === 'fail' ? fact : { ...fact, state: 'unknown', evidence: `was: ${fact.evidence}`, why: '' }

/** Facts, worst first; why each matters only where it does not pass. */
export function FactList({ facts }: { readonly facts: readonly ShownFact[] }) {
  return (
    <ul className="-my-2.5 flex flex-col divide-y divide-line">
      {[...facts]
        .sort((a, b) => RANK[a.state] - RANK[b.state])
        .map((fact) => (
          <li key={fact.title} className="flex gap-2.5 py-2.5">
            <StateMark tone={TONES[fact.state]} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="font-medium">
                  {fact.title}
                  <span className="sr-only">: {WORDS[fact.state]}</span>
                </span>
                <span className="min-w-0 text-sm break-words text-dim">{fact.evidence}</span>
              </p>
              {fact.state !== 'pass' && fact.why !== '' && <p className="text-sm text-faint">{fact.why}</p>}
            </div>
          </li>
        ))}
    </ul>
  )
}
