'use client'

import { Moment } from '@/components/live/age'
import { CodeBlock } from '@/components/ui/code-block'
import { Icon } from '@/components/ui/icon'
import { StateMark, toneText } from '@/components/ui/state-mark'
import { durationText } from '@/lib/views/duration-text'
import type { AttemptView } from '@/lib/views/runs'
import { Elapsed } from './elapsed'
import { attemptWords } from './run-words'

/** One command: how it went and what was seen after it; opened, the whole line and all that it said. */
export function AttemptRow({ attempt }: { readonly attempt: AttemptView }) {
  const { state, undo, site, bare, line, intentAt, exit, stderr, proof, number } = attempt
  const { tone, text } = attemptWords(state)
  const open = state === 'started' || state === 'in-doubt'
  return (
    <li>
      <details className="group">
        <summary className="flex list-none gap-2.5 rounded-md px-1 py-2 hover:bg-raised">
          <StateMark tone={tone} className="shrink-0" />
          <span className="sr-only">{text}: </span>
          <span className="flex min-w-0 flex-1 flex-col gap-0.5">
            <code className="text-sm break-words text-ink">{bare}</code>
            <span className="flex flex-wrap gap-x-3 text-sm text-dim">
              {state !== 'done' && <span className={toneText(tone)}>{text}</span>}
              {undo && <span className="text-behind">takes the demotion back</span>}
              {number > 1 && <span>try {number}</span>}
              <span className="break-words">{seenText(attempt)}</span>
            </span>
          </span>
          <span className="flex shrink-0 items-baseline gap-3 text-sm whitespace-nowrap text-faint">
            {exit !== null && <span className={exit === 0 ? undefined : 'text-behind'}>exit {exit}</span>}
            <Took attempt={attempt} />
            <Icon name="chevron-right" className="size-3.5 self-center group-open:rotate-90" />
          </span>
        </summary>
        <div className="flex flex-col gap-2 pt-1 pr-1 pb-3 pl-7 text-sm text-dim">
          <CodeBlock label={`Command at ${site}`} lines={[{ text: line }]} />
          <p>
            At {site}, written down before it was started at <Moment at={intentAt} />.
          </p>
          {stderr !== '' && (
            <pre className="rounded-lg border border-line bg-ground px-4 py-2 break-words whitespace-pre-wrap text-behind">
              {stderr.trimEnd()}
            </pre>
          )}
          {stderr === '' && !open && <p>It printed no error.</p>}
          {proof !== '' && <p className="break-words">Second look: {proof}</p>}
        </div>
      </details>
    </li>
  )
}

/** The exit code decides nothing: what was seen at both sides afterwards does. */
function seenText({ state, proof, stderr }: AttemptView): string {
  if (proof !== '') return state === 'done' ? `seen: ${proof}` : proof
  if (state === 'started') return 'its outcome is known once both sides have been looked at again'
  return stderr.split('\n')[0] ?? ''
}

function Took({ attempt: { intentAt, endedAt } }: { readonly attempt: AttemptView }) {
  if (endedAt === null) return <Elapsed from={intentAt} until={null} />
  const ms = endedAt - intentAt
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : durationText(ms / 1000)
}
