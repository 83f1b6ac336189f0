'use client'

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import { serverNow } from '@/lib/queries/server-clock'

/** When the server rendered the page: what is hydrated must read the same as what was sent. */
const RenderedAt = createContext(0)

export function ClockProvider({ renderedAt, children }: { readonly renderedAt: number; readonly children: ReactNode }) {
  return <RenderedAt value={renderedAt}>{children}</RenderedAt>
}

// One timer for all figures that tick, running while any of them is on screen.
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = 0

const tick = () => {
  now = serverNow()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    now = serverNow()
    timer = setInterval(tick, 1000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function snapshot(): number {
  if (now === 0) now = serverNow()
  return now
}

/** The server's time in epoch milliseconds, once a second. */
export function useNow(): number {
  const renderedAt = useContext(RenderedAt)
  return useSyncExternalStore(subscribe, snapshot, () => renderedAt)
}
