'use client'

import clsx from 'clsx'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon } from './icon'

export interface Choice {
  readonly value: string
  readonly text: ReactNode
  readonly hint?: string
}

interface SelectProps {
  readonly label: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChoose: (value: string) => void
  readonly size?: 'small' | 'medium'
  readonly className?: string
}

// Radix keeps '' for "nothing chosen", so an empty choice goes under another name.
const NONE = '\u0000'
const inward = (value: string) => (value === '' ? NONE : value)
const outward = (value: string) => (value === NONE ? '' : value)

export function Select({ label, value, choices, onChoose, size = 'medium', className }: SelectProps) {
  return (
    <Radix.Root value={inward(value)} onValueChange={(chosen) => onChoose(outward(chosen))}>
      <Radix.Trigger
        aria-label={label}
        className={clsx(
          'inline-flex items-center justify-between gap-2 rounded-lg border border-line bg-raised whitespace-nowrap text-ink hover:border-line-strong hover:bg-hover',
          size === 'small' ? 'h-7 px-2.5 text-sm' : 'h-9 px-3 text-base',
          className,
        )}
      >
        <Radix.Value />
        <Icon name="chevron-down" className="text-faint" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-xl shadow-black/25"
        >
          <Radix.Viewport>
            {choices.map((choice) => (
              <Radix.Item
                key={choice.value}
                value={inward(choice.value)}
                className="flex cursor-pointer items-center justify-between gap-6 rounded-md px-2.5 py-1.5 text-base text-ink outline-none data-highlighted:bg-hover data-[state=checked]:font-medium"
              >
                <Radix.ItemText>{choice.text}</Radix.ItemText>
                {choice.hint !== undefined && <span className="text-sm text-faint">{choice.hint}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
