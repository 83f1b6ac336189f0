'use client'

import { Toaster } from 'sonner'

/** What was done, in passing. What must not be missed stands on the screen itself. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[22rem] items-start gap-3 rounded-lg border border-line-strong bg-raised px-4 py-3 text-base text-ink shadow-xl shadow-black/25',
          description: 'text-sm text-dim',
          title: 'font-medium',
          error: 'border-l-2 border-l-bad',
          success: 'border-l-2 border-l-ok',
          actionButton: 'ml-auto rounded-md border border-line px-2 py-0.5 text-sm',
        },
      }}
    />
  )
}
