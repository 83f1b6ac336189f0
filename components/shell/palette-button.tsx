'use client'

import { usePalette } from './palette-store'

export function PaletteButton() {
  const setOpen = usePalette((state) => state.setOpen)
  return (
    <button
      type="button"
      aria-label="Find anything"
      aria-keyshortcuts="Meta+K Control+K"
      title="Find anything (⌘K or Ctrl K)"
      onClick={() => setOpen(true)}
      className="inline-flex h-7 items-center rounded-full border border-line px-2.5 text-sm text-dim hover:border-line-strong hover:bg-raised hover:text-ink"
    >
      ⌘K
    </button>
  )
}
