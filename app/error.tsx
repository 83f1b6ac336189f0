'use client'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** The layout itself could not be made: mostly the store or the configuration is not there. */
export default function RootError({ reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <main id="main" className="mx-auto w-full max-w-2xl px-6 py-16">
      <h1 className="mb-4 text-lg font-semibold">Antipode cannot read its store</h1>
      <Notice
        tone="bad"
        title="The console has no store or no configuration"
        action={<Button onClick={reset}>Try again</Button>}
      >
        It is made by <code>npm start</code>, which starts everything together. Was only a part of it started? The log
        of the console has the reason. Nothing was changed at any site.
      </Notice>
    </main>
  )
}
