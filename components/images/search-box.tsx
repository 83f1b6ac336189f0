'use client'

import { useEffect, useRef, useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { fieldStyle } from '@/components/ui/input'
import { Kbd } from '@/components/ui/kbd'

const PAUSE_MS = 180

const IMAGES_HINT = 'Name, pool/name, volume, server, tenant or id'

interface SearchBoxProps {
  readonly text: string
  readonly onSearch: (text: string) => void
  readonly label?: string
  readonly hint?: string
}

/** Typed text goes to the URL after a pause, so that a word is one question and not seven. `/` brings the cursor here. */
export function SearchBox({ text, onSearch, label = 'Search images', hint = IMAGES_HINT }: SearchBoxProps) {
  const [typed, setTyped] = useState(text)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // The URL may change from elsewhere: a chip, ⌘K, going back.
  useEffect(() => setTyped(text), [text])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
      if (event.key !== '/' || typing || event.metaKey || event.ctrlKey) return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  const type = (next: string) => {
    setTyped(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onSearch(next.trim()), PAUSE_MS)
  }
  return (
    <div className="relative min-w-56 flex-1">
      <Icon name="search" className="pointer-events-none absolute top-2.5 left-3 text-faint" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        value={typed}
        onChange={(event) => type(event.target.value)}
        placeholder={hint}
        className={`${fieldStyle} pr-9 pl-9`}
      />
      <span className="pointer-events-none absolute top-2 right-2.5">{typed === '' && <Kbd>/</Kbd>}</span>
    </div>
  )
}
