'use client'

import { useNow } from '@/components/live/clock'
import { Card } from '@/components/ui/card'
import { StateMark, type Tone } from '@/components/ui/state-mark'
import { type PairFact, pairFacts } from '@/lib/views/pair-facts'
import type { SiteView } from '@/lib/views/site'
import { staleSince } from '@/lib/views/site-pulse'

const TONES: Record<PairFact['state'], Tone> = { pass: 'ok', note: 'behind', fail: 'bad', unknown: 'unknown' }
const WORDS: Record<PairFact['state'], string> = { pass: 'pass', note: 'note', fail: 'fail', unknown: 'unknown' }
const RANK: Record<PairFact['state'], number> = { fail: 0, unknown: 1, note: 2, pass: 3 }

/** Nothing passes on old evidence; what failed is still worth knowing. */
const asLastRead = (fact: PairFact): PairFact =>
  fact.state === 'fail' ? fact : { ...fact, state: 'unknown', evidence: `was: ${fact.evidence}`, why: '' }

/** What must match between two sites, worst first. */
interface PairCardProps {
  readonly left: SiteView
  readonly right: SiteView
  readonly className?: string
}

export function PairCard({ left, right, className }: PairCardProps) {
  const now = useNow()
  const stale = [left, right].filter((site) => staleSince(site, now) !== null).map(({ name }) => name)
  const facts = pairFacts(left, right)
    .map((fact) => (stale.length === 0 ? fact : asLastRead(fact)))
    .sort((a, b) => RANK[a.state] - RANK[b.state])
  const passed = facts.filter(({ state }) => state === 'pass').length
  return (
    <Card
      className={className}
      title={`What must match: ${left.name} and ${right.name}`}
      aside={
        stale.length > 0 ? `as last read; ${stale.join(' and ')} not read now` : `${passed} of ${facts.length} pass`
      }
    >
      <ul className="-my-2.5 flex flex-col divide-y divide-line">
        {facts.map((fact) => (
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
    </Card>
  )
}
