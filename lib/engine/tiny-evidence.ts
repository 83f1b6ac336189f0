import { known } from '@/lib/domain/reading'
import { type SiteName, specText } from '@/lib/domain/words'
import type { EvidencePort } from '@/lib/ports/evidence'
import type { TinyWorld } from './tiny-world'

/** What hangs on the images of a tiny world: a clone is one at both sites; and what each site wrote (`world.wrote`), in bytes. */
export function tinyEvidence(
  world: TinyWorld,
  site: SiteName,
  answers: <T>(value: () => T) => Promise<T>,
): EvidencePort {
  const never = () => Promise.reject(new Error('not asked for'))
  const all = () => [...world.images.values()]
  return {
    written: (asked) =>
      answers(() =>
        asked.map(({ image }) => {
          const imageId = world.images.get(specText(image))?.ids.get(site) ?? image.name
          const bytes = world.wrote.get(`${site}:${specText(image)}`) ?? 0
          return known({ imageId, sizeBytes: 1, modifiedAt: null, amount: { kind: 'known', bytes, complete: true } }, 0)
        }),
      ),
    sampled: never,
    ties: (specs) =>
      answers(() =>
        specs.map((spec) => {
          const one = world.images.get(specText(spec))
          if (one === undefined || one.ids.get(site) === null)
            return { kind: 'unknown' as const, reason: 'no such image' }
          const clones = all().filter(({ parent }) => parent !== null && specText(parent) === specText(spec))
          const children = clones.map(({ image }) => specText(image))
          return known({ imageId: one.ids.get(site) ?? one.image.name, children, resyncRequested: false }, 0)
        }),
      ),
  }
}
