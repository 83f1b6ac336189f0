'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { commandRunAction } from '@/lib/actions/recover'
import type { ActionResult, RunCommand } from '@/lib/views/recover'

export interface Commanding {
  /** The kind of the command that is on its way; null where none is. */
  readonly sending: RunCommand['command']['kind'] | null
  /** Why the last one was not taken, in the server's words. */
  readonly failure: string | null
  /** True where it was taken. The screen follows what the worker then does, it never runs ahead of it. */
  readonly send: (command: RunCommand['command']) => Promise<boolean>
}

const LOST: ActionResult<never> = {
  ok: false,
  code: 'lost',
  message: 'The console did not answer: whether it was taken is not known. Look at the state of the run.',
}

/** `agreed`: what a resume or a retry is sent with, by the names that the findings gave. */
export function useCommand(runId: string, agreed: readonly string[]): Commanding {
  const client = useQueryClient()
  const [sending, setSending] = useState<Commanding['sending']>(null)
  const [failure, setFailure] = useState<string | null>(null)
  // Two clicks within one frame both see that nothing is on its way; the ref does not wait for a render.
  const busy = useRef(false)
  const send = useCallback(
    async (command: RunCommand['command']) => {
      if (busy.current) return false
      busy.current = true
      setSending(command.kind)
      setFailure(null)
      const answer = await commandRunAction({
        ...{ requestId: crypto.randomUUID(), runId, command, consents: [...agreed] },
      }).catch(() => LOST)
      busy.current = false
      setSending(null)
      if (!answer.ok) setFailure(answer.message)
      await client.invalidateQueries({ queryKey: ['run', runId] })
      return answer.ok
    },
    [client, runId, agreed],
  )
  return { sending, failure, send }
}
