import { type Lineage, newestCompleteSnapshot } from '@/lib/domain/lineage'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import type { ImageMember } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { type ImageSpec, type SiteName, specText } from '@/lib/domain/words'
import { blocked, type Look, type StepContext, type Subject, waiting } from '../step'

/** An image outside the plan that a clone in it lives by, as it stands at the target, and what rbd-mirror says of it there. */
export interface Ancestor {
  readonly image: ImageSpec
  readonly lineage: Reading<Lineage>
  readonly row: MirrorRow | undefined
}

/** What rbd-mirror's word of a copy means here; null: nothing against it. */
export type JudgeRow = (row: MirrorRow | undefined, context: StepContext) => Look | null

/** Clones of clones are rarely deep; a ring cannot be in Ceph, and must not hang us should one be read. */
const DEEPEST = 16

/**
 * The parents outside the plan of each member, by its key, nearest first: up to one that is primary at the target, or that
 * has no parent, or that cannot be read. One call a generation, and one a pool for what rbd-mirror says.
 */
export async function outsideParents(
  subjects: readonly Subject<ImageMember>[],
  context: StepContext,
): Promise<ReadonlyMap<string, readonly Ancestor[]>> {
  const port = context.mirror(context.plan.to)
  const read = new Map<string, Reading<Lineage>>()
  const firsts = subjects.flatMap(({ member }) => member.outsideParent ?? [])
  for (let next = unread(firsts, read), depth = 0; next.length > 0 && depth < DEEPEST; depth++) {
    const lineages = await port.lineages(next)
    for (const [index, image] of next.entries())
      read.set(specText(image), lineages[index] ?? { kind: 'unknown', reason: 'the answer left it out' })
    next = unread(
      lineages.flatMap((lineage) => parentOf(lineage) ?? []),
      read,
    )
  }
  const pools = [...new Set([...read.values()].flatMap((one) => (one.kind === 'known' ? one.value.spec.pool : [])))]
  const rows = await rowsOf(pools, context, context.plan.to)
  const chainOf = (first: ImageSpec | null): readonly Ancestor[] => {
    const chain: Ancestor[] = []
    for (let image = first; image !== null && chain.length < DEEPEST; ) {
      const lineage = read.get(specText(image)) ?? { kind: 'unknown', reason: `more than ${DEEPEST} generations deep` }
      const row = lineage.kind === 'known' ? rows.get(`${image.pool}/${lineage.value.globalId}`) : undefined
      chain.push({ image, lineage, row })
      image = parentOf(lineage)
    }
    return chain
  }
  return new Map(subjects.map(({ member }) => [member.key, chainOf(member.outsideParent)]))
}

/** The parent that has to be whole too: one that is primary here has what it needs. */
const parentOf = (lineage: Reading<Lineage>): ImageSpec | null =>
  lineage.kind === 'known' && lineage.value.role !== 'primary' ? lineage.value.parent : null

const unread = (images: readonly ImageSpec[], read: ReadonlyMap<string, unknown>): readonly ImageSpec[] => [
  ...new Map(images.filter((image) => !read.has(specText(image))).map((image) => [specText(image), image])).values(),
]

/** rbd-mirror's words at a site, by pool and global id: one call a pool. */
export async function rowsOf(
  pools: readonly string[],
  { mirror }: StepContext,
  site: SiteName,
): Promise<ReadonlyMap<string, MirrorRow>> {
  const readings = await Promise.all(pools.map((pool) => mirror(site).statuses(pool)))
  return new Map(readings.flatMap(({ pool, rows }) => rows.map((row) => [`${pool}/${row.globalId}`, row] as const)))
}

/**
 * A parent that others share is not moved: the clone can be opened at the target only if the parent is whole there, and the
 * parent's own, all the way up. Null: nothing is in the way.
 */
export function judgeParents(
  ancestors: readonly Ancestor[] | undefined,
  context: StepContext,
  judgeRow: JudgeRow,
): Look | null {
  const { to } = context.plan
  for (const [depth, { image, lineage, row }] of (ancestors ?? []).entries()) {
    const name = `${depth === 0 ? 'its parent' : 'an ancestor,'} ${specText(image)}`
    if (lineage.kind === 'unknown') return blocked(`${name} cannot be read at ${to}: ${lineage.reason}`)
    if (lineage.value.role === 'primary') return null
    const look = judgeRow(row, context)
    if (look !== null && 'reason' in look) return { ...look, reason: `${name}: ${look.reason}` }
    if (lineage.value.mode === 'snapshot' && newestCompleteSnapshot(lineage.value) === null)
      return waiting(`${name} is not complete at ${to}`)
  }
  return null
}
