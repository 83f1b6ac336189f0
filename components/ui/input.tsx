import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

export const fieldStyle =
  'h-9 w-full min-w-0 rounded-lg border border-line bg-ground px-3 text-base text-ink placeholder:text-faint hover:border-line-strong aria-invalid:border-bad'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={clsx(fieldStyle, className)} />
}

interface FieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | null
  readonly children: ReactNode
}

/** A control with its label, and below it a hint or what is wrong with what was typed. */
export function Field({ label, hint, error, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="flex flex-col gap-1.5">
      <span className="text-sm text-dim">{label}</span>
      {children}
      {error != null && error !== '' ? (
        <span role="alert" className="text-sm text-bad">
          {error}
        </span>
      ) : (
        hint !== undefined && <span className="text-sm text-faint">{hint}</span>
      )}
    </label>
  )
}
