'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Field, fieldStyle } from '@/components/ui/input'
import type { Stating } from './use-stating'

interface StatementFormProps {
  readonly stating: Stating
  readonly go: string
  /** Why it cannot be sent yet. */
  readonly refusal: string | null
  readonly onSend: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The frame of every form here: what is asked, what the server said of the last try, and the two buttons. */
export function StatementForm({ stating, go, refusal, onSend, onClose, children }: StatementFormProps) {
  const why = stating.busy ? 'On its way' : refusal
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (why === null) onSend()
      }}
    >
      {children}
      {stating.failure !== null && (
        <p role="alert" className="text-bad">
          ✕ {stating.failure}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="action" type="submit" refusal={why}>
          {go}
        </Button>
      </div>
    </form>
  )
}

interface ReasonFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (reason: string) => void
}

export function ReasonField({ label, hint, value, onChange }: ReasonFieldProps) {
  return (
    <Field label={label} hint={hint}>
      <textarea
        value={value}
        maxLength={280}
        rows={2}
        onChange={(event) => onChange(event.target.value)}
        className={`${fieldStyle} h-auto py-2`}
      />
    </Field>
  )
}
