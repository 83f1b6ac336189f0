'use client'

import { useState } from 'react'
import { Moment } from '@/components/live/age'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { copyText } from '@/components/ui/copy-id'
import { StateMark, toneText } from '@/components/ui/state-mark'
import { countOf, countText } from '@/lib/views/count-text'
import type { AttemptView, RunDetail } from '@/lib/views/runs'
import { Elapsed } from './elapsed'
import { attemptWords } from './run-words'

const FIRST = 20

/** What ran in the step, what is running, and what is still to run: the very commands, for going on by hand. */
export function CommandsCard({ detail }: { readonly detail: RunDetail }) {
  const { attempts, attemptsTotal, planned, plannedTotal } = detail
  const [shown, setShown] = useState(FIRST)
  const nothing = attempts.length === 0 && planned.length === 0
  return (
    <Card
      title="What runs in this step"
      aside={nothing ? undefined : 'the same commands, if you have to go on by hand'}
    >
      {nothing && (
        <p className="text-dim">
          {detail.steps[detail.shownStep]?.tally.past === 0
            ? 'This step only looks, or nothing is left to run in it. Nothing is changed.'
            : 'Nothing had to be run: both sides were looked at, and it was so.'}
        </p>
      )}
      {attempts.length > 0 && (
        <ol aria-label="Commands that ran" className="flex flex-col gap-2">
          {attempts.slice(0, shown).map((attempt) => (
            <Attempt key={attempt.id} attempt={attempt} />
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
          The newest {countText(attempts.length)} of {countText(attemptsTotal)}.
        </p>
      )}
      {planned.length > 0 && (
        <div className={attempts.length > 0 ? 'mt-4 border-t border-line pt-4' : undefined}>
          <p className="mb-2 text-sm text-dim">
            Still to run: {countOf(plannedTotal, 'command')}
            {plannedTotal > planned.length && `, the first ${planned.length} below`}
          </p>
          <CodeBlock
            label="Commands still to run"
            lines={planned.map(({ line }) => ({ text: line }))}
            className="[&>section]:max-h-60"
          />
        </div>
      )}
    </Card>
  )
}

function Attempt({ attempt }: { readonly attempt: AttemptView }) {
  const { state, undo, site, line, intentAt, endedAt, exit, stderr, proof, number } = attempt
  const { tone, text } = attemptWords(state)
  const open = state === 'started' || state === 'in-doubt'
  return (
    <li className="rounded-lg border border-line bg-ground">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-line px-3 py-1.5 text-sm">
        <span className={toneText(tone)}>
          <StateMark tone={tone} /> {text}
        </span>
        {exit !== null && <span className="text-dim">exit {exit}</span>}
        <span className="text-faint">at {site}</span>
        {number > 1 && <span className="text-faint">try {number}</span>}
        {undo && <span className="text-behind">▲ takes the demotion back</span>}
        <span className="ml-auto flex items-baseline gap-3 text-faint">
          <Moment at={intentAt} />
          <Elapsed from={intentAt} until={endedAt} />
          <CopyLine line={line} />
        </span>
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={`Command at ${site}`}
        className="overflow-x-auto px-3 py-2"
      >
        <code className="text-sm whitespace-pre">{line}</code>
      </section>
      {stderr !== '' && (
        <pre className="overflow-x-auto px-3 pb-2 text-sm whitespace-pre-wrap text-behind">
          <span className="sr-only">it said: </span>
          {stderr.trimEnd()}
        </pre>
      )}
      {(proof !== '' || open) && (
        <p className="px-3 pb-2 text-sm break-words text-dim">
          {proof === ''
            ? 'Not looked at yet: its outcome is not known before both sides have been looked at again.'
            : `Seen by the second look: ${proof}`}
        </p>
      )}
    </li>
  )
}

function CopyLine({ line }: { readonly line: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(line)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <button type="button" onClick={copy} aria-label="Copy the command" className="rounded text-dim hover:text-ink">
      {copied ? 'Copied' : 'Copy'}
    </button>
  )
}
