'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import Link from 'next/link'
import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { CopyId } from '@/components/ui/copy-id'
import { Empty } from '@/components/ui/empty'
import { Icon } from '@/components/ui/icon'
import { StateText } from '@/components/ui/state-mark'
import { search } from '@/lib/queries/get-json'
import { countOf } from '@/lib/views/count-text'
import { type Draft, type PickedImage, useDraft } from './draft'
import { isOfPair } from './intent'
import { PICK_WORDS } from './pick-words'

const ROW_PX = 36

/** What was picked, by name; each can be taken out again. */
export function PickedList() {
  const { draft, change } = useDraft()
  const { images, from, to } = draft
  const strangers = from === '' || to === '' ? [] : images.filter(({ id }) => !isOfPair(id, from, to))
  const pickHref = `/images${search({ from, to })}`
  if (images.length === 0) {
    return (
      <Empty title="No image is picked">
        <p className="mb-3">{PICK_WORDS[draft.procedure]} Your other choices here are kept.</p>
        <Link href={pickHref} className={buttonStyle('quiet')}>
          Pick images
        </Link>
      </Empty>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <Rows
        images={images}
        draft={draft}
        onRemove={(id) => change({ images: images.filter((one) => one.id !== id) })}
      />
      <div className="flex flex-wrap items-center gap-2">
        <p className="mr-auto text-sm text-faint">{countOf(images.length, 'image')} picked</p>
        {strangers.length > 0 && (
          <Button size="small" onClick={() => change({ images: images.filter(({ id }) => isOfPair(id, from, to)) })}>
            Remove {strangers.length} without a copy at {to}
          </Button>
        )}
        <Button size="small" kind="ghost" onClick={() => change({ images: [] })}>
          Remove all
        </Button>
        <Link href={pickHref} className={buttonStyle('quiet', 'small')}>
          Pick others
        </Link>
      </div>
    </div>
  )
}

interface RowsProps {
  readonly images: readonly PickedImage[]
  readonly draft: Draft
  readonly onRemove: (id: string) => void
}

function Rows({ images, draft, onRemove }: RowsProps) {
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: images.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  })
  return (
    <div ref={box} className="max-h-72 overflow-y-auto rounded-lg border border-line">
      <ul aria-label="Picked images" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const image = images[item.index]
          return image === undefined ? null : (
            <li
              key={image.id}
              aria-setsize={images.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0 flex items-center gap-4 border-b border-line px-4"
              style={{ height: ROW_PX, transform: `translateY(${item.start}px)` }}
            >
              <CopyId id={image.name} keep={48} />
              <span className="ml-auto truncate text-sm">
                <Standing image={image} draft={draft} />
              </span>
              <button
                type="button"
                aria-label={`Remove ${image.name}`}
                className="rounded-md p-1 text-faint hover:bg-hover hover:text-ink"
                onClick={() => onRemove(image.id)}
              >
                <Icon name="close" />
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Said here already, so that nobody has to wait for the look to learn it. */
function Standing({ image, draft: { from, to, procedure } }: { readonly image: PickedImage; readonly draft: Draft }) {
  if (from !== '' && to !== '' && !isOfPair(image.id, from, to)) {
    return <StateText tone="bad">no copy at {to}</StateText>
  }
  if (from === '' || image.primarySite === from || procedure === 'reprotect') return null
  return (
    <StateText tone="behind">
      {image.primarySite === null
        ? 'no single primary: will be set aside'
        : `primary at ${image.primarySite}: will be set aside`}
    </StateText>
  )
}
