'use client'

import { useNow } from '@/components/live/clock'
import { Card } from '@/components/ui/card'
import { pairFacts } from '@/lib/views/pair-facts'
import type { SiteView } from '@/lib/views/site'
import { staleSince } from '@/lib/views/site-pulse'
import { asLastRead, FactList } from './fact-list'

interface PairCardProps {
  readonly left: SiteView
  readonly right: SiteView
  readonly className?: string | undefined
}

/** What must match between two sites, worst first. */
export function PairCard({ left, right, className }: PairCardProps) {
  const now = useNow()
  const stale = [left, right].filter((site) => staleSince(site, now) !== null).map(({ name }) => name)
  const facts = pairFacts(left, right).map((fact) => (stale.length === 0 ? fact : asLastRead(fact)))
  const passed = facts.filter(({ state }) => state === 'pass').length
  return (
    <Card
      className={className}
      title={`What must match: ${left.name} and ${right.name}`}
      aside={
        stale.length > 0 ? `as last read; ${stale.join(' and ')} not read now` : `${passed} of ${facts.length} pass`
      }
    >
      <FactList facts={facts} />
    </Card>
  )
}
