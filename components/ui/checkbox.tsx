'use client'

import { Checkbox as Radix } from 'radix-ui'
import { Icon } from './icon'

interface CheckboxProps {
  readonly label: string
  readonly state: 'on' | 'off' | 'some'
  readonly onToggle: () => void
  /** Out of the tab order where a grid moves the focus itself. */
  readonly tabIndex?: number
}

export function Checkbox({ label, state, onToggle, tabIndex }: CheckboxProps) {
  return (
    <Radix.Root
      aria-label={label}
      tabIndex={tabIndex}
      checked={state === 'some' ? 'indeterminate' : state === 'on'}
      onCheckedChange={onToggle}
      onClick={(event) => event.stopPropagation()}
      className="grid size-4 shrink-0 place-items-center rounded-[5px] border border-line-strong bg-ground text-action-ink hover:border-faint data-[state=checked]:border-action data-[state=checked]:bg-action data-[state=indeterminate]:border-action data-[state=indeterminate]:bg-action"
    >
      <Radix.Indicator>
        {state === 'some' ? (
          <span className="block h-0.5 w-2 bg-action-ink" />
        ) : (
          <Icon name="check" className="size-3" />
        )}
      </Radix.Indicator>
    </Radix.Root>
  )
}
