import { PIECES } from '@/lib/domain/sampling-pieces'
import { judgeSplit, type SplitLook } from '@/lib/domain/split'
import { type ImageSpec, type SiteName, sitesOf } from '@/lib/domain/words'
import type { Compared, CompareInput, ImageEvidence } from '@/lib/views/evidence'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { evidenceWords } from './evidence-words'
import { type LookedAt, lookAtSides, type Question } from './look-at-sides'

/**
 * Both histories of some images beside each other, for a person to choose by. Looks at both sites afresh, within a budget,
 * and changes nothing; a site that does not answer is said, and what the other one says stays. Throws ServiceError.
 */
export async function compareSides({ ids }: CompareInput, context: ServiceContext): Promise<Compared> {
  const rows = await context.store
    .selectFrom('images')
    .select(['id', 'pair', 'pool', 'namespace', 'name', 'mode', 'global_id', 'verdict', 'changed_at'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  const missing = ids.find((id) => !rows.some((row) => row.id === id))
  if (missing !== undefined)
    throw new ServiceError('missing', `The image ${missing} is not known any more: look at the list again.`)
  const at = context.clock.now()
  const images: ImageEvidence[] = []
  for (const pair of new Set(rows.map((row) => row.pair))) {
    const mine = rows.filter((row) => row.pair === pair)
    const sites = sitesOf(pair)
    requireSites(sites, context)
    const questions = mine.map(
      ({ pool, namespace, name, global_id }): Question => ({ image: { pool, namespace, name }, globalId: global_id }),
    )
    const looked = await lookAtSides(sites, questions, { seed: seedOf(ids), pieces: PIECES }, context)
    for (const [index, row] of mine.entries()) {
      const seen = looked[index]
      if (seen === undefined) continue
      const since = row.verdict === 'split-brain' ? row.changed_at : null
      const { id } = row
      const mode = row.mode === 'snapshot' ? 'snapshot' : 'journal'
      images.push({
        ...{ id, name: nameOf(questions[index]?.image), mode },
        ...evidenceWords(seen, context.clock.now()),
        split: splitOf(seen, since, context.clock.now()),
      })
    }
  }
  return { at, images }
}

const nameOf = (image: ImageSpec | undefined): string =>
  image === undefined ? '' : [image.pool, image.namespace, image.name].filter((part) => part !== '').join('/')

function requireSites(sites: readonly SiteName[], context: ServiceContext): void {
  const gone = sites.find((site) => !context.sites.includes(site))
  if (gone !== undefined)
    throw new ServiceError('invalid', `There is no site ${gone} any more; the sites are ${context.sites.join(', ')}.`)
}

/** Another choice reads other pieces; the same choice the same ones, so that a second look can be held against the first. */
const seedOf = (ids: readonly string[]): number =>
  [...ids.join('\n')].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0, 7)

/** The first look is the poller's: since then it has seen no other verdict. */
function splitOf({ sides }: LookedAt, since: number | null, now: number): ImageEvidence['split'] {
  const second: SplitLook = { at: now, sides }
  const first: SplitLook | null = since === null ? null : { at: since, sides }
  const { kind, text } = judgeSplit(first, second)
  return { kind, text }
}
