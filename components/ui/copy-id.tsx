'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { shortId } from '@/lib/views/short-id'
import { Icon } from './icon'

interface CopyIdProps {
  /** What is copied, whole. */
  readonly id: string
  /** How much of it is shown; the middle goes first. */
  readonly keep?: number
  readonly className?: string
}

/** An identifier: mono, shortened in the middle, copied whole with one click. */
export function CopyId({ id, keep = 24, className }: CopyIdProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(id)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <button
      type="button"
      title={copied ? 'Copied' : `Copy ${id}`}
      aria-label={`Copy ${id}`}
      onClick={copy}
      className={clsx(
        'group inline-flex max-w-full min-w-0 items-center gap-1.5 rounded font-mono text-sm text-ink',
        className,
      )}
    >
      <span className="truncate">{shortId(id, keep)}</span>
      <Icon
        name={copied ? 'check' : 'copy'}
        className={clsx('size-3.5', copied ? 'text-ok' : 'text-faint group-hover:text-ink')}
      />
      <span aria-live="polite" className="sr-only">
        {copied ? 'copied' : ''}
      </span>
    </button>
  )
}

/** The clipboard needs a secure context: loopback is one, a plain-http host name is not. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
