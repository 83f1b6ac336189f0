'use client'

import { useEffect } from 'react'

const AGAIN_MS = 10_000

/** Nobody stands here to press a button: it is tried again until it works. */
export default function WallError() {
  useEffect(() => {
    const timer = setTimeout(() => location.reload(), AGAIN_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main
      data-wall
      data-page-theme="dark"
      className="hatched flex min-h-dvh flex-col justify-center gap-6 bg-ground px-16"
    >
      <h1 className="text-[5rem] leading-none font-semibold tracking-tight text-unknown">◌ NOT KNOWN</h1>
      <p className="text-[2.25rem] leading-tight text-dim">
        The console cannot read its store. It is tried again every 10 seconds; its log says why.
      </p>
    </main>
  )
}
