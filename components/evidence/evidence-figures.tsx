import { Figure, Figures } from '@/components/ui/figure'
import { countText } from '@/lib/views/count-text'
import type { ImageEvidence } from '@/lib/views/evidence'
import { sumText } from './amount-text'

/** Of all that were compared so far: what each site wrote since, and which of them was written to last. */
export function EvidenceFigures({ images }: { readonly images: readonly ImageEvidence[] }) {
  const sites = [...new Set(images.flatMap(({ sides }) => sides.map(({ site }) => site)))]
  const nowhere = images.filter(({ newer }) => newer === null).length
  return (
    <Figures>
      {sites.map((site) => (
        <Figure key={site} label={`written at ${site} since they parted`}>
          {sumText(amountsAt(images, site)) ?? 'not known'}
        </Figure>
      ))}
      {sites.map((site) => (
        <Figure key={`newer-${site}`} label={`written to last at ${site}`}>
          {countText(images.filter(({ newer }) => newer === site).length)}
        </Figure>
      ))}
      {nowhere > 0 && (
        <Figure label="which was last cannot be said" tone="unknown">
          {countText(nowhere)}
        </Figure>
      )}
    </Figures>
  )
}

const amountsAt = (images: readonly ImageEvidence[], site: string) =>
  images.flatMap(({ sides }) => sides.filter((side) => side.site === site).map(({ amount }) => amount))
