'use client'

import { useCallback, useRef, useState } from 'react'
import { previewFailoverAction } from '@/lib/actions/recover'
import type { ActionResult, FailoverIntent, FailoverPreview } from '@/lib/views/recover'

export interface Looked<P = FailoverPreview> {
  /** The intent that this was found for, as text. */
  readonly key: string
  readonly preview: P
  /** The hash of what would have run by the look before; null where this is the first. */
  readonly hashBefore: string | null
}

export interface LookFailure {
  readonly code: string
  readonly message: string
}

export interface Looks<I, P> {
  readonly looked: Looked<P> | null
  /** Since when a look is under way, by this browser's clock; null while none is. */
  readonly lookingSince: number | null
  readonly failure: LookFailure | null
  readonly look: (intent: I) => Promise<void>
}

export type FailoverLook = Looks<FailoverIntent, FailoverPreview>

export const keyOf = (intent: unknown): string => JSON.stringify(intent)

const LOST: LookFailure = {
  code: 'lost',
  message: 'The console did not answer. Nothing was started. Is `npm start` still running on this machine?',
}

/**
 * Fresh looks at both sides. Not a query: it reads the clusters, so it happens when somebody asks for it and at no other
 * time; and what was found stays on screen, with its age, while a later look is under way or fails.
 */
export const useLook = (): FailoverLook => useLooks(previewFailoverAction)

/** The same for what another wizard asks. `ask` is an action: it stays the same from render to render. */
export function useLooks<I, P extends { readonly planHash: string | null }>(
  ask: (intent: I) => Promise<ActionResult<P>>,
): Looks<I, P> {
  const [looked, setLooked] = useState<Looked<P> | null>(null)
  const [lookingSince, setLookingSince] = useState<number | null>(null)
  const [failure, setFailure] = useState<LookFailure | null>(null)
  const turn = useRef(0)
  const look = useCallback(
    async (intent: I) => {
      turn.current += 1
      const mine = turn.current
      setLookingSince(Date.now())
      setFailure(null)
      const answer = await ask(intent).catch(() => ({ ok: false as const, ...LOST }))
      // Somebody changed the choice meanwhile: this answers a question that nobody asks any more.
      if (mine !== turn.current) return
      setLookingSince(null)
      if (!answer.ok) return setFailure(answer)
      setLooked((before) => ({
        key: keyOf(intent),
        preview: answer.value,
        hashBefore: before?.key === keyOf(intent) ? before.preview.planHash : null,
      }))
    },
    [ask],
  )
  return { looked, lookingSince, failure, look }
}
