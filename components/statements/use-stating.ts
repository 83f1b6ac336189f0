'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { ActionResult } from '@/lib/views/recover'

export interface Stating {
  readonly busy: boolean
  /** Why the last one was not taken, in the server's words. */
  readonly failure: string | null
  /** True where it was taken. */
  readonly state: (act: () => Promise<ActionResult<unknown>>) => Promise<boolean>
}

const LOST: ActionResult<never> = {
  ok: false,
  code: 'lost',
  message: 'The console did not answer: whether it was taken is not known. Look at the list, then try again.',
}

/** One statement at a time, and the list read again after it. */
export function useStating(): Stating {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  // Two clicks within one frame both see that nothing is on its way; the ref does not wait for a render.
  const running = useRef(false)
  const state = useCallback(
    async (act: () => Promise<ActionResult<unknown>>) => {
      if (running.current) return false
      running.current = true
      setBusy(true)
      setFailure(null)
      const answer = await act().catch(() => LOST)
      running.current = false
      setBusy(false)
      if (!answer.ok) setFailure(answer.message)
      await client.invalidateQueries({ queryKey: ['statements'] })
      return answer.ok
    },
    [client],
  )
  return { busy, failure, state }
}
