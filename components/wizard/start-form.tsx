'use client'

import { useRef, useState } from 'react'
import { Field, Input } from '@/components/ui/input'
import type { ActionResult } from '@/lib/views/recover'
import type { LookFailure } from './use-look'

const LOST = {
  ok: false,
  code: 'lost',
  message: 'The answer was lost. The run may have started or not: pressing again cannot start it twice.',
} as const

interface Start {
  readonly state: 'idle' | 'starting'
  readonly failure: LookFailure | null
  readonly forget: () => void
  readonly begin: () => Promise<void>
}

/** One start at a time; an answer that was lost is said as such. `start` gives null where there is nothing to start. */
export function useStart(
  start: () => Promise<ActionResult<{ readonly runId: string }>> | null,
  onStarted: (runId: string) => void,
): Start {
  const [state, setState] = useState<'idle' | 'starting'>('idle')
  const [failure, setFailure] = useState<LookFailure | null>(null)
  // Two clicks within one frame both see `idle`; the ref does not wait for a render.
  const busy = useRef(false)
  const begin = async () => {
    const started = busy.current ? null : start()
    if (started === null) return
    busy.current = true
    setState('starting')
    setFailure(null)
    const answer = await started.catch(() => LOST)
    busy.current = false
    setState('idle')
    if (answer.ok) return onStarted(answer.value.runId)
    setFailure(answer)
  }
  return { state, failure, forget: () => setFailure(null), begin }
}

interface TypedSiteProps {
  readonly site: string
  readonly typed: string
  readonly onType: (typed: string) => void
}

/** The name of a site, typed by hand before anything starts. */
export function TypedSite({ site, typed, onType }: TypedSiteProps) {
  return (
    <Field
      label={
        <>
          To start, type <strong className="font-medium text-ink">{site}</strong>
        </>
      }
      hint="Right before it starts, both sides are looked at once more. If anything differs from this plan, it does not start."
      error={typed !== '' && !site.startsWith(typed.trim()) ? `This is not ${site}` : null}
    >
      <Input autoComplete="off" spellCheck={false} value={typed} onChange={(event) => onType(event.target.value)} />
    </Field>
  )
}
