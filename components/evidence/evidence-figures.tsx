import { Figure, Figures } from '@/components/ui/figure'
import { countText } from '@/lib/views/count-text'
import type { ImageEvidence } from '@/lib/views/evidence'
import { sizeText } from '@/lib/views/size-text'

/** Of all that were compared so far: what each site wrote since, and which of them was written to last. */
export function EvidenceFigures({ images }: { readonly images: readonly ImageEvidence[] }) {
  const sites = [...new Set(images.flatMap(({ sides }) => sides.map(({ site }) => site)))]
  const nowhere = images.filter(({ newer }) => newer === null).length
  return (
    <Figures>
      {sites.map((site) => (
        <Figure key={site} label={`written at ${site} since they parted`}>
          {sumText(images, site)}
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

/** A sum with something unknown in it is a lower bound, and says so. */
function sumText(images: readonly ImageEvidence[], site: string): string {
  const amounts = images.flatMap(({ sides }) => sides.filter((side) => side.site === site).map(({ amount }) => amount))
  const known = amounts.filter((amount) => amount.kind === 'known')
  if (known.length === 0) return 'not known'
  const bytes = known.reduce((sum, amount) => sum + amount.bytes, 0)
  const less = known.length < amounts.length || known.some(({ sure }) => sure === 'at-least')
  const about = known.some(({ sure }) => sure === 'about')
  return `${less ? 'at least ' : about ? 'about ' : ''}${sizeText(bytes)}`
}
