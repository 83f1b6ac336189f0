'use client'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

export default function ConsoleError({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <main id="main" className="mx-auto w-full max-w-2xl px-6 py-16">
      <h1 className="mb-4 text-lg font-semibold">This screen could not be made</h1>
      <Notice tone="bad" title={error.message} action={<Button onClick={reset}>Try again</Button>}>
        Nothing was changed at any site. The console's log says more; `rbd mirror pool status --verbose` on the clusters
        shows the state without it.
      </Notice>
    </main>
  )
}
