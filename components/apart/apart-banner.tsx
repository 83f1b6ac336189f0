'use client'

import { useQuery } from '@tanstack/react-query'
import { Age } from '@/components/live/age'
import { buttonStyle } from '@/components/ui/button-style'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { apartQuery } from '@/lib/queries/apart'
import { countOf } from '@/lib/views/count-text'
import { ApartMeter } from './apart-meter'

/** Both sides are kept on purpose: since when, and how far they have drifted. Of one image, or of all. */
export function ApartBanner({ imageId }: { readonly imageId?: string }) {
  const { data } = useQuery(apartQuery())
  const images = data?.images.filter((one) => imageId === undefined || one.imageId === imageId) ?? []
  const [oldest] = images
  if (oldest === undefined) return null
  return (
    <Notice
      tone="suspended"
      title={
        imageId === undefined
          ? `${countOf(images.length, 'image')} kept on both sides on purpose`
          : 'Kept on both sides on purpose'
      }
      action={
        <Link href="/recover/apart" className={buttonStyle('quiet', 'small')}>
          Open
        </Link>
      }
    >
      <p>
        <span className="text-ink">
          For <Age at={oldest.partedAt} />
        </span>
        . Not protected: what one side writes the other never gets. <ApartMeter images={images} />
      </p>
      {imageId !== undefined && (
        <p>
          {oldest.by}: {oldest.reason}
        </p>
      )}
    </Notice>
  )
}
