'use client'

import Link from 'next/link'
import { Moment } from '@/components/live/age'
import { CodeBlock } from '@/components/ui/code-block'
import { StateText, type Tone } from '@/components/ui/state-mark'
import type { CheckedCopy, KeptCopy } from '@/lib/views/kept'
import { sizeText } from '@/lib/views/size-text'

const TONES: Readonly<Record<CheckedCopy['state'], Tone>> = {
  there: 'ok',
  gone: 'none',
  another: 'behind',
  unknown: 'unknown',
}

interface KeptRowProps {
  readonly copy: KeptCopy
  /** Null: not looked at yet. */
  readonly checked: CheckedCopy | null
  readonly now: number
}

/** One kept copy: where, since when, until when, whether it is there, and what can be done with it by hand. */
export function KeptRow({ copy, checked, now }: KeptRowProps) {
  const due = copy.dueAt <= now && checked?.state !== 'gone'
  return (
    <li className="flex flex-col gap-1 py-3">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="min-w-64 flex-1 font-mono text-sm [overflow-wrap:anywhere]">
          {copy.pool}/{copy.keptAs}
        </span>
        <span>{copy.site}</span>
        <span className="text-dim">{copy.sizeBytes === null ? 'size not known' : sizeText(copy.sizeBytes)}</span>
        {due && <StateText tone="behind">due to be looked at</StateText>}
        <StateText tone={checked === null ? 'unknown' : TONES[checked.state]}>
          {checked === null ? 'not looked at yet' : checked.text}
        </StateText>
      </div>
      <p className="text-sm text-dim">
        Was {copy.pool}/{copy.name}; kept since <Moment at={copy.keptAt} />, to be looked at from{' '}
        <Moment at={copy.dueAt} /> on. By the run{' '}
        <Link href={`/runs/${encodeURIComponent(copy.run.id)}`} className="underline underline-offset-3 hover:text-ink">
          {copy.run.title}
        </Link>
        .
      </p>
      {checked !== null && checked.commands.length > 0 && (
        <details className="text-sm">
          <summary className="w-fit text-faint hover:text-ink">By hand: open, compare, copy back, delete</summary>
          <CodeBlock
            label={`Commands for ${copy.keptAs}`}
            lines={checked.commands.flatMap(({ title, site, line }) => [
              { text: `# ${title}, at ${site}` },
              { text: line },
            ])}
            className="mt-1.5"
          />
        </details>
      )}
    </li>
  )
}
