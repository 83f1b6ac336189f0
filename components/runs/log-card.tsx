'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { StateMark, type Tone } from '@/components/ui/state-mark'
import type { RunDetail } from '@/lib/views/runs'
import { clockText, fullMomentText } from '@/lib/views/time-text'

const FIRST = 12

const TONES: Record<RunDetail['log'][number]['level'], Tone> = { info: 'none', warn: 'behind', error: 'bad' }

/** What the worker wrote down, newest first. */
export function LogCard({ log }: { readonly log: RunDetail['log'] }) {
  const [shown, setShown] = useState(FIRST)
  return (
    <Card title="Log" aside="UTC, newest first" className="lg:col-span-2">
      {log.length === 0 ? (
        <p className="text-sm text-dim">Nothing out of the ordinary has been written down.</p>
      ) : (
        <ol className="flex max-h-96 flex-col gap-2 overflow-y-auto text-sm">
          {log.slice(0, shown).map(({ seq, at, level, text }) => (
            <li key={seq} className="break-words">
              <time dateTime={new Date(at).toISOString()} title={fullMomentText(at)} className="text-faint">
                {clockText(at)}
              </time>{' '}
              <StateMark tone={TONES[level]} className="mr-1" />
              {level !== 'info' && <span className="sr-only">{level}: </span>}
              <span className="text-ink">{text}</span>
            </li>
          ))}
        </ol>
      )}
      {log.length > shown && (
        <Button size="small" kind="ghost" className="mt-2" onClick={() => setShown(log.length)}>
          {log.length - shown} more
        </Button>
      )}
    </Card>
  )
}
