'use client'

import { useCallback, useRef, useState } from 'react'
import { compareSidesAction } from '@/lib/actions/evidence'
import { COMPARED_AT_ONCE, type ImageEvidence } from '@/lib/views/evidence'

export interface Comparing {
  readonly images: readonly ImageEvidence[]
  /** When the newest of them was looked at, epoch milliseconds; null before the first look. */
  readonly at: number | null
  readonly state: 'idle' | 'looking'
  readonly failure: string | null
  /** How many of the ids have not been looked at. */
  readonly left: number
  /** Looks at the next page of images, or at the first one again. */
  readonly next: () => Promise<void>
  readonly again: () => Promise<void>
}

/** Looks when somebody asks for it, a page at a time: it reads both clusters. What was found stays while a later look fails. */
export function useCompare(ids: readonly string[]): Comparing {
  const [found, setFound] = useState<readonly ImageEvidence[]>([])
  const [at, setAt] = useState<number | null>(null)
  const [state, setState] = useState<'idle' | 'looking'>('idle')
  const [failure, setFailure] = useState<string | null>(null)
  const turn = useRef(0)
  const images = found.filter(({ id }) => ids.includes(id))
  const rest = ids.filter((id) => !images.some((one) => one.id === id))
  const look = useCallback(async (asked: readonly string[], kept: readonly ImageEvidence[]) => {
    turn.current += 1
    const mine = turn.current
    setState('looking')
    setFailure(null)
    const answer = await compareSidesAction({ ids: asked }).catch(() => LOST)
    if (mine !== turn.current) return
    setState('idle')
    if (!answer.ok) return setFailure(answer.message)
    setAt(answer.value.at)
    setFound([...kept, ...answer.value.images])
  }, [])
  return {
    ...{ images, at, state, failure, left: rest.length },
    next: () => look(rest.slice(0, COMPARED_AT_ONCE), images),
    again: () => look(ids.slice(0, COMPARED_AT_ONCE), []),
  }
}

const LOST = { ok: false, message: 'The console did not answer. Nothing was changed; look again.' } as const
