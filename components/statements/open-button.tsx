'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { ButtonKind } from '@/components/ui/button-style'
import { Dialog } from '@/components/ui/dialog'

interface OpenButtonProps {
  readonly text: string
  /** Read out, where several buttons say the same. */
  readonly label?: string
  readonly title: string
  readonly kind?: ButtonKind
  readonly refusal: string | null
  /** Opened by the address already. */
  readonly initially?: 'open' | 'closed'
  readonly children: (close: () => void) => ReactNode
}

/** A button, and the form behind it. */
export function OpenButton({ text, label, title, kind, refusal, initially, children }: OpenButtonProps) {
  const [open, setOpen] = useState(initially === 'open' && refusal === null)
  return (
    <>
      <Button size="small" kind={kind ?? 'quiet'} refusal={refusal} aria-label={label} onClick={() => setOpen(true)}>
        {text}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title}>
        {children(() => setOpen(false))}
      </Dialog>
    </>
  )
}
