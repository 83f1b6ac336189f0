'use client'

import { useState } from 'react'
import { Moment } from '@/components/live/age'
import { NoteText } from '@/components/statements/note-text'
import { buttonStyle } from '@/components/ui/button-style'
import { Empty } from '@/components/ui/empty'
import { Link } from '@/components/ui/link'
import { StateMark } from '@/components/ui/state-mark'
import type { Attention } from '@/lib/domain/summary'

const TONES = { critical: 'bad', warning: 'behind', unknown: 'unknown', suspended: 'suspended' } as const
const WORDS = { critical: 'Critical', warning: 'Warning', unknown: 'Unknown', suspended: 'Suspended' } as const

interface AttentionListProps {
  readonly attention: readonly Attention[] | null
  /** Mirrored images; null: not counted yet. */
  readonly images: number | null
}

export function AttentionList({ attention, images }: AttentionListProps) {
  if (attention === null) {
    return <Empty title="Not read yet">What needs a hand is known after the first round over the sites.</Empty>
  }
  if (attention.length === 0 && images === 0) {
    return (
      <Empty title="No image is mirrored">
        <p>There is no copy that could be behind or break, and none that would be left if a site were lost.</p>
        <Link href="/recover/set-up" className="text-ink underline underline-offset-3">
          Set up mirroring
        </Link>
      </Empty>
    )
  }
  if (attention.length === 0) {
    return (
      <Empty title="Nothing needs attention">
        Every image was read, has a whole copy and lies within its objective.
      </Empty>
    )
  }
  return <Items attention={attention} />
}

/** The worst, and the rest behind a button: a long list would push all else from the screen. */
const SHOWN = 5

function Items({ attention }: { readonly attention: readonly Attention[] }) {
  const [open, setOpen] = useState(false)
  const shown = open || attention.length <= SHOWN + 1 ? attention : attention.slice(0, SHOWN)
  return (
    <>
      <ul className="-my-3 flex flex-col divide-y divide-line">
        {shown.map((item) => (
          <Item key={item.key} item={item} />
        ))}
      </ul>
      {shown.length < attention.length && (
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="mt-4 text-sm text-dim underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          {attention.length - shown.length} more
        </button>
      )}
    </>
  )
}

function Item({ item }: { readonly item: Attention }) {
  return (
    <li className="flex items-start gap-3 py-3">
      <StateMark tone={TONES[item.severity]} className="mt-px" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          <span className="sr-only">{WORDS[item.severity]}: </span>
          {item.title}
        </p>
        <p className="text-sm text-faint">
          {item.detail}
          {item.since !== null && (
            <>
              {item.detail === '' ? 'since ' : ' · since '}
              <Moment at={item.since} />
            </>
          )}
        </p>
        {item.note !== undefined && (
          <p className="text-sm text-dim">
            <NoteText note={item.note} />
          </p>
        )}
      </div>
      <Link href={item.action.href} className={buttonStyle('quiet', 'small')}>
        {item.action.label}
      </Link>
    </li>
  )
}
