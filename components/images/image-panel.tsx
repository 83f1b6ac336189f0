'use client'

import { useQuery } from '@tanstack/react-query'
import { ApartBanner } from '@/components/apart/apart-banner'
import { EvidenceCard } from '@/components/evidence/evidence-card'
import { Loaded } from '@/components/live/loaded'
import { StatedOfImage } from '@/components/statements/stated-notices'
import { CopyId } from '@/components/ui/copy-id'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { imageQuery } from '@/lib/queries/images'
import type { ImageDetail } from '@/lib/views/image-detail'
import { ImageActions } from './image-actions'
import { ImageFacts } from './image-facts'
import { ImageHistory } from './image-history'
import { ImageInCloud } from './image-in-cloud'
import { ImageSides } from './image-sides'

interface ImagePanelProps {
  readonly id: string
  readonly onClose: () => void
}

/** One image beside the list. */
export function ImagePanel({ id, onClose }: ImagePanelProps) {
  const query = useQuery(imageQuery(id))
  return (
    <aside
      aria-label="Image"
      className="flex min-h-0 min-w-0 flex-col overflow-y-auto rounded-xl border border-line bg-panel"
    >
      <header className="sticky top-0 z-10 flex items-start justify-between gap-3 border-b border-line bg-panel px-5 py-3.5">
        <h2 className="flex min-w-0 flex-1 text-base font-semibold">
          {query.data === undefined ? 'Image' : <PanelTitle detail={query.data} />}
        </h2>
        <button
          type="button"
          aria-label="Close the image"
          onClick={onClose}
          className="rounded-md p-1 text-faint hover:bg-hover hover:text-ink"
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="flex flex-col gap-5 p-5">
        <Loaded query={query} what="the image">
          {(detail) => <PanelBody detail={detail} />}
        </Loaded>
      </div>
    </aside>
  )
}

function PanelTitle({ detail }: { readonly detail: ImageDetail }) {
  const { pool, namespace, name } = detail.image
  const place = namespace === '' ? pool : `${pool}/${namespace}`
  return <CopyId id={`${place}/${name}`} keep={44} className="text-base font-semibold" />
}

/** Two histories: a person has to choose, and needs to see both. */
const PARTED: readonly ImageDetail['image']['verdict'][] = ['split-brain', 'two-primaries']

function PanelBody({ detail }: { readonly detail: ImageDetail }) {
  return (
    <>
      {detail.run !== null && (
        <Notice
          tone="copying"
          title="It is being moved now"
          action={
            <Link href={`/runs/${encodeURIComponent(detail.run.id)}`} className="text-sm underline">
              Open the run
            </Link>
          }
        >
          {detail.run.title}
        </Notice>
      )}
      <StatedOfImage pair={detail.image.pair} pool={detail.image.pool} primarySite={detail.image.primarySite} />
      <ImageSides detail={detail} />
      {detail.cloud !== null && <ImageInCloud cloud={detail.cloud} />}
      <ApartBanner imageId={detail.image.id} />
      {PARTED.includes(detail.image.verdict) && (
        <>
          <EvidenceCard key={detail.image.id} ids={[detail.image.id]} />
          <p className="text-sm">
            <Link
              href={`/recover/apart?${new URLSearchParams({ ids: detail.image.id })}`}
              className="underline underline-offset-3"
            >
              Keep both sides on purpose…
            </Link>
          </p>
        </>
      )}
      <ImageFacts detail={detail} />
      <ImageHistory detail={detail} />
      <ImageActions detail={detail} />
    </>
  )
}
