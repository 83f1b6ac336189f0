import { sumText } from '@/components/evidence/amount-text'
import { Age } from '@/components/live/age'
import type { ApartImage } from '@/lib/views/apart'

/** What each site has written since they parted, over these images; what is not known makes it a lower bound. */
export function ApartMeter({ images }: { readonly images: readonly ApartImage[] }) {
  const measured = images.flatMap(({ measuredAt }) => (measuredAt === null ? [] : [measuredAt]))
  if (measured.length === 0) return <>How much has not been measured yet; it is, every five minutes.</>
  const sites = [...new Set(images.flatMap(({ meter }) => meter.map(({ site }) => site)))].sort()
  return (
    <>
      Written since:{' '}
      {sites.map((site, index) => (
        <span key={site} className="text-ink">
          {index > 0 && ', '}
          {writtenAt(images, site)} at {site}
        </span>
      ))}
      , measured <Age at={Math.min(...measured)} /> ago.
    </>
  )
}

const writtenAt = (images: readonly ApartImage[], site: string): string =>
  sumText(images.map(({ meter }) => meter.find((one) => one.site === site)?.amount)) ?? 'not known how much'
