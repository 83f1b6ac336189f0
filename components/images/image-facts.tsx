'use client'

import { Age, Moment } from '@/components/live/age'
import { Exposure } from '@/components/live/exposure'
import { CopyId } from '@/components/ui/copy-id'
import { Fact, Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { StateText } from '@/components/ui/state-mark'
import { specText } from '@/lib/domain/words'
import type { ImageDetail } from '@/lib/views/image-detail'
import { shortId } from '@/lib/views/short-id'
import { sizeText } from '@/lib/views/size-text'
import { ModeCell } from './image-cells'
import { useImageNow } from './use-image-now'

export function ImageFacts({ detail }: { readonly detail: ImageDetail }) {
  const { image } = detail
  const { heldUntilAt, grade } = useImageNow(image)
  return (
    <section aria-label="Facts">
      <Facts>
        <Fact label="Exposure">
          <Exposure heldUntilAt={heldUntilAt} objectiveSec={image.objectiveSec} grade={grade} />
        </Fact>
        <Fact label="Held at the copy up to">
          {heldUntilAt === null ? <span className="text-unknown">◌ nothing known</span> : <Moment at={heldUntilAt} />}
        </Fact>
        <Fact label="How sure">
          <span className="font-medium">{grade}</span>
          <span className="block text-sm text-faint">{detail.heldText}</span>
        </Fact>
        <Fact label="Mode">
          <ModeCell row={image} />
        </Fact>
        {detail.sample !== null && (
          <Fact label="Journal at the primary">
            <span className="font-mono text-sm">
              tag {detail.sample.tag}, entry {detail.sample.entry}
            </span>
            <span className="block text-sm text-faint">
              sampled <Age at={detail.sample.at} /> ago
              {!detail.sample.exact && ', from its commit position'}
            </span>
          </Fact>
        )}
        <Fact label="Size">
          {image.sizeBytes === null ? <span className="text-unknown">not read yet</span> : sizeText(image.sizeBytes)}
        </Fact>
        <Fact label="Parent">
          <Parent detail={detail} />
        </Fact>
        {detail.copySince !== null && (
          <Fact label="Copied anew since">
            <Moment at={detail.copySince} />
          </Fact>
        )}
        <Fact label="Global id">
          <CopyId id={image.globalId} keep={22} />
        </Fact>
      </Facts>
    </section>
  )
}

function Parent({ detail }: { readonly detail: ImageDetail }) {
  const { parent } = detail.image
  if (parent === null) return <span className="text-dim">none</span>
  const name = <span className="font-mono text-sm">{shortId(specText(parent), 30)}</span>
  return (
    <>
      {detail.parentId === null ? (
        name
      ) : (
        <Link href={`/images?${new URLSearchParams({ image: detail.parentId })}`} className="hover:underline">
          {name}
        </Link>
      )}{' '}
      {parent.mirrored === null ? (
        <StateText tone="unknown">not known whether mirrored</StateText>
      ) : parent.mirrored ? (
        <StateText tone="ok">mirrored</StateText>
      ) : (
        <StateText tone="bad">not mirrored: the copy cannot be opened</StateText>
      )}
    </>
  )
}
