'use client'

import clsx from 'clsx'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon } from './icon'

interface DialogProps {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly width?: 'narrow' | 'wide'
  readonly children: ReactNode
}

export const overlayStyle = 'fixed inset-0 z-40 bg-shade'

export function Dialog({ title, description, open, onOpenChange, width = 'narrow', children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyle} />
        <Radix.Content
          aria-describedby={description === undefined ? undefined : 'dialog-description'}
          className={clsx(
            'fixed top-1/2 left-1/2 z-50 max-h-[88dvh] w-[calc(100vw-2rem)] -translate-1/2 overflow-y-auto rounded-xl border border-line-strong bg-panel p-6 shadow-2xl shadow-black/40',
            width === 'wide' ? 'max-w-4xl' : 'max-w-lg',
          )}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            <Radix.Close aria-label="Close" className="rounded-md p-1 text-faint hover:bg-hover hover:text-ink">
              <Icon name="close" />
            </Radix.Close>
          </div>
          {description !== undefined && (
            <Radix.Description id="dialog-description" className="mb-4 text-dim">
              {description}
            </Radix.Description>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
