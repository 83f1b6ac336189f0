'use client'

import { Command } from 'cmdk'
import type { ReactNode } from 'react'

export const paletteGroupStyle =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint'

interface PaletteItemProps {
  /** What the typed letters are compared with. */
  readonly value: string
  readonly onChoose: () => void
  readonly aside?: ReactNode
  readonly children: ReactNode
}

export function PaletteItem({ value, onChoose, aside, children }: PaletteItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onChoose}
      className="flex cursor-pointer items-center justify-between gap-4 rounded-lg px-3 py-2 text-ink data-[selected=true]:bg-hover"
    >
      <span className="min-w-0 truncate">{children}</span>
      {aside !== undefined && <span className="shrink-0 text-sm text-faint">{aside}</span>}
    </Command.Item>
  )
}
