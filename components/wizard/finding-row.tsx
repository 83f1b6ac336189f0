'use client'

import { CodeBlock } from '@/components/ui/code-block'
import { StateMark, type Tone } from '@/components/ui/state-mark'
import { countOf } from '@/lib/views/count-text'
import type { FailoverPreview } from '@/lib/views/recover'
import { Names } from './name-list'

type Finding = FailoverPreview['findings'][number]

const TONES: Record<Finding['severity'], Tone> = { pass: 'ok', warns: 'behind', blocks: 'bad', unknown: 'unknown' }
const WORDS: Record<Finding['severity'], string> = {
  pass: 'in order',
  warns: 'warning',
  blocks: 'in the way',
  unknown: 'not known',
}

interface FindingRowProps {
  readonly finding: Finding
  readonly nameOf: (key: string) => string
}

const kindOf = ([first = '']: readonly string[]): string => (first.startsWith('volume:') ? 'volume' : 'image')

/** One thing that was found: what, the evidence, what clears it, and the command that shows it. */
export function FindingRow({ finding, nameOf }: FindingRowProps) {
  const { severity, title, evidence, remedy, command, keys } = finding
  const lines = command.split('\n').map((text) => ({ text }))
  return (
    <li className="flex gap-3 py-3">
      <StateMark tone={TONES[severity]} className="mt-0.5 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium break-words text-ink">
          <span className="sr-only">{WORDS[severity]}: </span>
          {title}
        </p>
        {evidence !== '' && <p className="break-words text-dim">{evidence}</p>}
        {remedy !== '' && <p className="text-ink">{remedy}</p>}
        {command !== '' && severity === 'pass' && (
          <details className="text-sm">
            <summary className="w-fit text-faint hover:text-ink">The command that shows it</summary>
            <CodeBlock label={`The command that shows it: ${title}`} lines={lines} className="mt-1.5" />
          </details>
        )}
        {command !== '' && severity !== 'pass' && (
          <CodeBlock label={`The command that shows it: ${title}`} lines={lines} className="mt-1" />
        )}
        {keys.length > 0 && (
          <Names title={`${countOf(keys.length, kindOf(keys))} concerned`} names={keys.map(nameOf)} />
        )}
      </div>
    </li>
  )
}
