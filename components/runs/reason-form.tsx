'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/input'
import type { Commanding } from './use-command'

interface ReasonFormProps {
  readonly hint: string
  readonly keep: string
  readonly go: { readonly label: string; readonly kind: 'action' | 'danger' }
  readonly command: Commanding
  /** Resolves to whether it was taken: then the reason is forgotten and the dialog closes. */
  readonly send: (reason: string) => Promise<boolean>
  readonly onClose: () => void
}

/** Why somebody does something to a run. Without a reason it cannot be sent; it goes into the audit trail. */
export function ReasonForm({ hint, keep, go, command, send, onClose }: ReasonFormProps) {
  const [reason, setReason] = useState('')
  const why = reason.trim()
  const submit = async () => {
    if (!(await send(why))) return
    setReason('')
    onClose()
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (why !== '') void submit()
      }}
    >
      <Field label="Why" hint={hint}>
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {command.failure !== null && (
        <p role="alert" className="text-bad">
          ✕ {command.failure}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{keep}</Button>
        <Button
          kind={go.kind}
          type="submit"
          refusal={command.sending !== null ? 'On its way' : why === '' ? 'Say why' : null}
        >
          {go.label}
        </Button>
      </div>
    </form>
  )
}
