import type { Finding } from '@/lib/domain/plan'
import type { ChangeRow } from '@/lib/domain/set-up'
import { type SiteName, specText } from '@/lib/domain/words'
import type { PoolImage } from '@/lib/ports/mirror'

/** An image that nobody chose and that a pool of mode `pool` has mirrored all the same. */
interface DrawnIn {
  readonly site: SiteName
  readonly other: SiteName
  readonly image: PoolImage
}

/**
 * In mode `pool` every image with a journal is mirrored, at either site, chosen or not (ceph-facts 35). `chosen`: those that
 * are set up at `from`, by `pool/name`.
 */
export function drawnIn(
  pools: readonly { readonly name: string; readonly mode: 'image' | 'pool' }[],
  from: { readonly site: SiteName; readonly images: readonly PoolImage[] },
  to: { readonly site: SiteName; readonly images: readonly PoolImage[] },
  chosen: ReadonlySet<string>,
): readonly DrawnIn[] {
  const whole = new Set(pools.filter(({ mode }) => mode === 'pool').map(({ name }) => name))
  const at = (here: typeof from, other: SiteName) =>
    here.images
      .filter(
        ({ spec, features, mirrored }) => whole.has(spec.pool) && mirrored === null && features.includes('journaling'),
      )
      .map((image) => ({ site: here.site, other, image }))
  const asked = ({ image }: DrawnIn) => chosen.has(specText(image.spec))
  return [...at(from, to.site).filter((one) => !asked(one)), ...at(to, from.site)]
}

const NAMED = 10

/** Said before the approval: how many, and which. */
export function drawnInFindings(drawn: readonly DrawnIn[]): readonly Finding[] {
  return [...new Set(drawn.map(({ site }) => site))].map((site): Finding => {
    const names = drawn.filter((one) => one.site === site).map(({ image }) => specText(image.spec))
    const count = names.length === 1 ? '1 image' : `${names.length} images`
    const were = names.length === 1 ? 'that was not chosen is' : 'that were not chosen are'
    const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : ''
    return {
      ...{ severity: 'warns', check: 'pool-mode', command: '', keys: [] },
      title: `${count} at ${site} ${were} mirrored too`,
      evidence: `in mode pool every image with a journal is: ${names.slice(0, NAMED).join(', ')}${more}`,
      remedy:
        'Choose mode image for the pool, or take the journal off them first: rbd feature disable POOL/IMAGE journaling.',
    }
  })
}

/** Each of them, beside what was chosen. */
export const drawnInChanges = (drawn: readonly DrawnIn[]): readonly ChangeRow[] =>
  drawn.map(({ site, other, image: { spec, sizeBytes } }) => ({
    ...{ key: `drawn-in/${site}/${specText(spec)}`, name: specText(spec), sizeBytes, effect: 'changes' },
    before: `not mirrored at ${site}`,
    after: 'mirrored by the mode of its pool, not chosen',
    cost: `copied to ${other} where that pulls from ${site}`,
  }))
