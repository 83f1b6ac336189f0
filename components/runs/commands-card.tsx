'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { countOf, countText } from '@/lib/views/count-text'
import type { RunDetail } from '@/lib/views/runs'
import { AttemptRow } from './attempt-row'

const FIRST = 10

/** What ran in the step, what is running, and what is still to run: the very commands, for going on by hand. */
export function CommandsCard({ detail }: { readonly detail: RunDetail }) {
  const { attempts, attemptsTotal, planned, plannedTotal, looksOnly } = detail
  const [shown, setShown] = useState(FIRST)
  const nothing = attempts.length === 0 && planned.length === 0
  return (
    <Card
      title="What runs in this step"
      aside={nothing ? undefined : 'the same commands, if you have to go on by hand'}
    >
      {nothing && (
        <p className="text-dim">
          {looksOnly
            ? 'This step only looks, at both sides afresh each time. It changes nothing.'
            : 'Nothing had to be run here.'}
        </p>
      )}
      {attempts.length > 0 && (
        <ol aria-label="Commands that ran" className="-my-1 divide-y divide-line">
          {attempts.slice(0, shown).map((attempt) => (
            <AttemptRow key={attempt.id} attempt={attempt} />
          ))}
        </ol>
      )}
      {attempts.length > shown && (
        <Button size="small" kind="ghost" className="mt-2" onClick={() => setShown(attempts.length)}>
          Show {countText(attempts.length - shown)} more
        </Button>
      )}
      {attemptsTotal > attempts.length && (
        <p className="mt-2 text-sm text-faint">
          What is open and the newest: {countText(attempts.length)} of {countText(attemptsTotal)}.
        </p>
      )}
      {planned.length > 0 && (
        <details
          className={attempts.length > 0 ? 'mt-3 border-t border-line pt-3' : undefined}
          open={attempts.length === 0}
        >
          <summary className="text-sm text-dim hover:text-ink">
            Still to run: {countOf(plannedTotal, 'command')}
            {plannedTotal > planned.length && `, the first ${planned.length} here, all in the runbook`}
          </summary>
          <CodeBlock
            label="Commands still to run"
            lines={planned.map(({ line }) => ({ text: line }))}
            className="mt-2 [&>section]:max-h-60"
          />
        </details>
      )}
    </Card>
  )
}
