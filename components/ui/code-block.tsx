'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { copyText } from './copy-id'
import { StateMark, type Tone } from './state-mark'

export interface CodeLine {
  readonly text: string
  /** How it went, where it was run. */
  readonly tone?: Tone
}

interface CodeBlockProps {
  readonly label: string
  readonly lines: readonly CodeLine[]
  readonly className?: string
}

/** Commands as they run. Long lines scroll, they are never cut. */
export function CodeBlock({ label, lines, className }: CodeBlockProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(lines.map((line) => line.text).join('\n'))
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <div className={clsx('relative rounded-lg border border-line bg-ground', className)}>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        className="overflow-auto py-3 pr-20 pl-4 font-mono text-sm leading-6"
      >
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have their place alone
          <div key={index} className="whitespace-pre text-ink">
            {line.tone !== undefined && <StateMark tone={line.tone} className="mr-2" />}
            {line.text}
          </div>
        ))}
      </section>
      <button
        type="button"
        onClick={copy}
        className="absolute top-2 right-2 rounded-md border border-line bg-raised px-2 py-0.5 text-sm text-dim hover:text-ink"
      >
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  )
}
