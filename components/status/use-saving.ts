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
  message:
    'The console did not answer: whether it was taken is not known. Load the page again before you try once more.',
}

/** One write at a time, and what it is about read again after it. `noun`: the first word of the keys of its queries. */
export function useSaving(noun: 'status' | 'groups' = 'status'): Saving {
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
      await client.invalidateQueries({ queryKey: [noun] })
      return answer.ok
    },
    [client, noun],
  )
  return { saving, failure, save }
}
