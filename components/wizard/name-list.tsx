'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyId } from '@/components/ui/copy-id'

/** Names that are listed at once; the rest is asked for. */
const LISTED = 12
const MORE = 200

interface NamesProps {
  /** What is opened: `4 images concerned`. */
  readonly title: string
  readonly names: readonly string[]
}

/** Names behind their number: of thousands nobody wants them all at once. */
export function Names({ title, names }: NamesProps) {
  const [open, setOpen] = useState(false)
  const [count, setCount] = useState(LISTED)
  return (
    <details className="text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit text-dim hover:text-ink">{title}</summary>
      {open && (
        <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
          {names.slice(0, count).map((name) => (
            <li key={name}>
              <CopyId id={name} keep={44} />
            </li>
          ))}
        </ul>
      )}
      {open && count < names.length && (
        <Button size="small" kind="ghost" className="mt-2" onClick={() => setCount(count + MORE)}>
          {names.length - count} more
        </Button>
      )}
    </details>
  )
}
