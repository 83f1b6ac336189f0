'use client'

import { Button } from '@/components/ui/button'

/** For somebody who runs none of this: what it means, not what broke. */
export default function StatusError({ reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <main
      id="main"
      data-page-theme="light"
      className="mx-auto flex min-h-dvh max-w-3xl flex-col items-start gap-4 px-6 py-16"
    >
      <h1 className="text-2xl font-semibold tracking-tight">This page cannot say anything now.</h1>
      <p className="max-w-prose text-lg text-dim">
        It could not read what it is made from. That says nothing about the services themselves: neither that they run
        nor that they do not.
      </p>
      <Button onClick={reset}>Try again</Button>
    </main>
  )
}
