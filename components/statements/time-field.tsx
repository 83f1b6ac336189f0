'use client'

import { Field, Input } from '@/components/ui/input'

interface TimeFieldProps {
  readonly label: string
  readonly hint: string
  /** As the control has it, `2026-11-21T15:30`, in UTC; '' where nothing is chosen. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A moment, in UTC as all times of the console. */
export function TimeField({ label, hint, value, onChange }: TimeFieldProps) {
  return (
    <Field label={`${label} (UTC)`} hint={hint}>
      <Input type="datetime-local" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  )
}

/** Epoch milliseconds of what the control holds, null where it is empty or no time. */
export function timeOf(value: string): number | null {
  const at = value === '' ? Number.NaN : Date.parse(`${value}Z`)
  return Number.isFinite(at) ? at : null
}

/** What the control shows for a moment, to the minute. */
export const fieldOf = (at: number): string => new Date(at).toISOString().slice(0, 16)
