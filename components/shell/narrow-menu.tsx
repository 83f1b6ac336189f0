'use client'

import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { overlayStyle } from '@/components/ui/dialog'
import { Icon } from '@/components/ui/icon'
import { NavLinks } from './nav-links'
import { SidebarFoot, SidebarHead } from './sidebar'

/** The sidebar of a narrow window, behind a button. */
export function NarrowMenu({ name }: { readonly name: string }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        aria-label="Menu"
        className="grid size-9 shrink-0 place-items-center rounded-lg border border-line bg-raised text-ink md:hidden"
      >
        <Icon name="menu" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyle} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-64 flex-col border-r border-line bg-ground px-3 py-4"
        >
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <SidebarHead name={name} />
          <div className="mt-5 flex-1 overflow-y-auto">
            <NavLinks onLeave={() => setOpen(false)} />
          </div>
          <SidebarFoot />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
