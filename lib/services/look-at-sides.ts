import type { Lineage } from '@/lib/domain/lineage'
import { type CommonPoint, commonPoint, type OwnTerm, ownTermOf } from '@/lib/domain/own-term'
import type { Reading } from '@/lib/domain/reading'
import { unknown } from '@/lib/domain/reading'
import { PIECE_BYTES, pieceOffsets, type SampledDifference, sampledDifference } from '@/lib/domain/sampling-pieces'
import type { SplitSide } from '@/lib/domain/split'
import type { Watcher } from '@/lib/domain/watcher'
import type { ImageSpec, SiteName } from '@/lib/domain/words'
import { AdapterError } from '@/lib/ports/errors'
import type { Sampled, Since, Written } from '@/lib/ports/evidence'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { ServiceContext } from './context'

export interface Question {
  readonly image: ImageSpec
  readonly globalId: string
}

export interface LookedSide extends SplitSide {
  readonly watchers: Reading<readonly Watcher[]>
  readonly term: OwnTerm
  readonly written: Reading<Written>
}

export interface LookedAt {
  readonly sides: readonly [LookedSide, LookedSide]
  readonly common: CommonPoint | null
  readonly sampled: Reading<SampledDifference>
}

/** A look at both sites, for a screen that somebody waits before. */
const BUDGET = { budgetMs: 6_000, budgetBytes: 64 * 1024 * 1024 }
const DEADLINE_MS = 12_000

type Two<T> = readonly [T, T]

/** Everything that is known of two histories of each image, in the order asked. A site that does not answer is `unknown`. */
export async function lookAtSides(
  sites: Two<SiteName>,
  questions: readonly Question[],
  sample: { readonly seed: number; readonly pieces: number },
  { mirror }: Pick<ServiceContext, 'mirror'>,
): Promise<readonly LookedAt[]> {
  const images = questions.map(({ image }) => image)
  const first = await both(sites, (site) => firstLook(mirror(site), questions))
  const terms = await both(sites, async (_, at) => {
    const other = 1 - at
    return images.map((__, index) => {
      const own = first[at]?.lineages[index]
      const peer = first[other]?.lineages[index]
      if (own?.kind !== 'known') return { kind: 'unknown' as const, reason: own?.reason ?? 'not read' }
      const uuids = { own: first[other]?.peerUuids[index] ?? null, other: first[at]?.peerUuids[index] ?? null }
      return ownTermOf(own.value, peer?.kind === 'known' ? peer.value : null, uuids)
    })
  })
  const [written, sampled] = await Promise.all([
    both(sites, (site, at) =>
      orSilent(images.length, () => {
        const asked = images.map((image, index) => ({ image, since: sinceOf(terms[at]?.[index]) }))
        return mirror(site).evidence.written(asked, BUDGET)
      }),
    ),
    both(sites, (site) => orSilent(images.length, () => samples(mirror(site), images, first, sample))),
  ])
  return images.map((_, index): LookedAt => {
    const side = (at: 0 | 1): LookedSide => ({
      site: sites[at],
      lineage: first[at].lineages[index] ?? NOT_READ,
      status: first[at].statuses[index] ?? null,
      peerUuid: first[at].peerUuids[index] ?? null,
      watchers: first[at].watchers[index] ?? NOT_READ,
      term: terms[at][index] ?? { kind: 'unknown', reason: 'not read' },
      written: written[at][index] ?? NOT_READ,
    })
    const sides = [side(0), side(1)] as const
    const lineages = sides.flatMap(({ lineage }) => (lineage.kind === 'known' ? [lineage.value] : []))
    const [left, right] = lineages
    // The uuid of a side's own pool is what the other calls its peer.
    const uuids = [sides[1].peerUuid, sides[0].peerUuid] as const
    const common = left === undefined || right === undefined ? null : commonPoint([left, right], uuids)
    return { sides, common, sampled: differenceOf(sampled[0][index], sampled[1][index]) }
  })
}

const NOT_READ = unknown('the answer left it out')

const both = async <T>(sites: Two<SiteName>, look: (site: SiteName, at: 0 | 1) => Promise<T>): Promise<Two<T>> =>
  Promise.all([look(sites[0], 0), look(sites[1], 1)])

/** A site that does not answer says nothing of each of these; the other side's answers stay. */
async function orSilent<T>(count: number, ask: () => Promise<readonly Reading<T>[]>): Promise<readonly Reading<T>[]> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    return Array.from({ length: count }, () => unknown(error.told))
  }
}

async function firstLook(port: MirrorPort, questions: readonly Question[]) {
  const images = questions.map(({ image }) => image)
  const pools = [...new Set(images.map(({ pool }) => pool))]
  const [lineages, watchers, statuses, peers] = await Promise.all([
    orSilent<Lineage>(images.length, () => port.lineages(images, { deadlineMs: DEADLINE_MS })),
    orSilent<readonly Watcher[]>(images.length, () => port.watchers(images)),
    Promise.all(pools.map((pool) => port.statuses(pool, { deadlineMs: DEADLINE_MS }).catch(silent))),
    Promise.all(pools.map((pool) => port.poolMirroring(pool).catch(silent))),
  ])
  const at = (image: ImageSpec) => pools.indexOf(image.pool)
  return {
    lineages,
    watchers,
    statuses: questions.map(
      ({ image, globalId }) => statuses[at(image)]?.rows.find((row) => row.globalId === globalId)?.local ?? null,
    ),
    peerUuids: images.map((image) => {
      const known = peers[at(image)]?.peers
      return known?.length === 1 ? (known[0]?.mirrorUuid ?? null) : null
    }),
  }
}

function silent(error: unknown): null {
  if (!(error instanceof AdapterError)) throw error
  return null
}

function sinceOf(term: OwnTerm | undefined): Since {
  if (term?.kind === 'snapshot') return { kind: 'snapshot', id: term.id }
  if (term?.kind === 'journal') return { kind: 'journal', position: term.position }
  return { kind: 'nothing' }
}

/** The same pieces at both sites: as many bytes as the smaller of the two has. */
function samples(
  port: MirrorPort,
  images: readonly ImageSpec[],
  first: Two<{ readonly lineages: readonly Reading<Lineage>[] }>,
  { seed, pieces }: { readonly seed: number; readonly pieces: number },
): Promise<readonly Reading<Sampled>[]> {
  if (pieces === 0) return Promise.resolve(images.map(() => unknown('not asked')))
  const asked = images.map((image, index) => {
    const sizes = first.flatMap(({ lineages }) => {
      const one = lineages[index]
      return one?.kind === 'known' ? [one.value.sizeBytes] : []
    })
    const size = sizes.length === 2 ? Math.min(...sizes) : 0
    return { image, snapId: null, offsets: pieceOffsets(seed + index, size, pieces) }
  })
  return port.evidence.sampled(asked, PIECE_BYTES, BUDGET)
}

function differenceOf(
  left: Reading<Sampled> | undefined,
  right: Reading<Sampled> | undefined,
): Reading<SampledDifference> {
  if (left?.kind !== 'known') return unknown(left?.reason ?? 'not read')
  if (right?.kind !== 'known') return unknown(right?.reason ?? 'not read')
  return { kind: 'known', observedAt: left.observedAt, value: sampledDifference(left.value, right.value) }
}
