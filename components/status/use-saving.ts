'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { ActionResult } from '@/lib/views/recover'

export interface Saving {
  readonly saving: boolean
  /** Why the last one was not taken, in the server's words. */
  readonly failure: string | null
  /** True where it was taken. */
  readonly save: (act: () => Promise<ActionResult<unknown>>) => Promise<boolean>
}

const LOST: ActionResult<never> = {
  ok: false,
  code: 'lost',
  message: 'The console did not answer: whether it was taken is not known. Look at the status page.',
}

/** One write to the status page at a time, and the page read again after it. */
export function useSaving(): Saving {
  const client = useQueryClient()
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  // Two clicks within one frame both see that nothing is on its way; the ref does not wait for a render.
  const busy = useRef(false)
  const save = useCallback(
    async (act: () => Promise<ActionResult<unknown>>) => {
      if (busy.current) return false
      busy.current = true
      setSaving(true)
      setFailure(null)
      const answer = await act().catch(() => LOST)
      busy.current = false
      setSaving(false)
      if (!answer.ok) setFailure(answer.message)
      await client.invalidateQueries({ queryKey: ['status'] })
      return answer.ok
    },
    [client],
  )
  return { saving, failure, save }
}
