'use client'

import { useState } from 'react'
import { Field, Input } from '@/components/ui/input'
import { MOST_KEEP_DAYS } from '@/lib/domain/keep-days'
import { useDraft } from './draft'

/** For how long what lost is meant to stay. It is never deleted: the days say when somebody should look. */
export function KeepDays() {
  const { draft, change } = useDraft()
  const [typed, setTyped] = useState(String(draft.keepDays))
  const days = Number(typed)
  const wrong =
    Number.isInteger(days) && days >= 1 && days <= MOST_KEEP_DAYS
      ? null
      : `A whole number of days, 1 to ${MOST_KEEP_DAYS}`
  return (
    <div className="max-w-sm">
      <Field
        label="Keep what lost for so many days"
        hint="Then it is due to be looked at, under Kept copies. Nothing is deleted by itself."
        error={wrong}
      >
        <Input
          inputMode="numeric"
          value={typed}
          aria-invalid={wrong !== null || undefined}
          onChange={(event) => {
            setTyped(event.target.value)
            const next = Number(event.target.value)
            if (Number.isInteger(next) && next >= 1 && next <= MOST_KEEP_DAYS) change({ keepDays: next })
          }}
        />
      </Field>
    </div>
  )
}
