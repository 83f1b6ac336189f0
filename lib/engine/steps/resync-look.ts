import type { Lineage } from '@/lib/domain/lineage'
import { type MayResync, mayResync } from '@/lib/domain/may-resync'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import type { ImageMember } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import type { Ties } from '@/lib/ports/evidence'
import type { FoundImage, PoolMirroring } from '@/lib/ports/mirror'
import type { StepContext, Subject } from '../step'
import { statusRows } from './preflight'

/** What one look at both sites says of a copy that is to be deleted and copied again. */
export interface ResyncSight {
  /** same: the copy that was approved. gone: another image has its name now, or none. */
  readonly standing: 'same' | 'gone' | 'unknown'
  readonly reason: string
  /** It is flagged already, and rbd-mirror has not begun. */
  readonly flagged: boolean
  readonly row: MirrorRow | null
  readonly may: MayResync
}

/**
 * Everything that the decision rests on, asked at both sites in one go: what is remembered of an earlier look decides
 * nothing. Throws AdapterError where a site does not answer: then everybody waits.
 */
export async function resyncSights(
  subjects: readonly Subject<ImageMember>[],
  context: StepContext,
): Promise<readonly ResyncSight[]> {
  const { plan, mirror, clock } = context
  const images = subjects.map(({ member }) => member.image)
  const pools = [...new Set(images.map(({ pool }) => pool))]
  const askedAt = clock.now()
  const [primaries, copies, primaryRows, copyRows, ties, atTo, atFrom, peers, back] = await Promise.all([
    mirror(plan.from).lineages(images),
    mirror(plan.to).lineages(images),
    statusRows(subjects, context, plan.from),
    statusRows(subjects, context, plan.to),
    mirror(plan.to).evidence.ties(images),
    mirror(plan.to).found(images),
    mirror(plan.from).found(images),
    Promise.all(pools.map((pool) => mirror(plan.to).poolMirroring(pool))),
    Promise.all(pools.map((pool) => mirror(plan.from).poolMirroring(pool))),
  ])
  const now = clock.now()
  // With two peers it is not known which of them the other site is.
  const uuids = new Map(pools.map((pool, index) => [pool, [onlyUuid(peers[index]), onlyUuid(back[index])] as const]))
  return subjects.map(({ member }, index): ResyncSight => {
    const found = atTo[index]
    const tied = ties[index]
    const [primaryUuid = null, copyUuid = null] = uuids.get(member.image.pool) ?? []
    const may = mayResync({
      ...{ askedAt, now, from: plan.from, to: plan.to, globalId: member.globalId, copyId: member.copyId ?? '' },
      hollow: member.hollow ?? null,
      primary: primaries[index] ?? NOT_READ,
      copy: copies[index] ?? NOT_READ,
      primaryRow: primaryRows.get(member.key) ?? null,
      copyRow: copyRows.get(member.key) ?? null,
      ...{ primaryUuid, copyUuid },
      children: tiesOf(tied, member)?.children ?? null,
      copySnapshots: thereOf(found)?.snapshots ?? null,
      primarySnapshots: thereOf(atFrom[index])?.snapshots ?? null,
    })
    const flagged = tiesOf(tied, member)?.resyncRequested === true
    return { ...standingOf(found, member), flagged, row: copyRows.get(member.key) ?? null, may }
  })
}

const onlyUuid = (pool: PoolMirroring | undefined): string | null =>
  pool?.peers.length === 1 ? (pool.peers[0]?.mirrorUuid ?? null) : null

const NOT_READ: Reading<Lineage> = { kind: 'unknown', reason: 'the answer left it out' }

/** Of the copy itself alone: between two questions another image may have got its name. */
const tiesOf = (read: Reading<Ties> | undefined, { copyId }: ImageMember): Ties | null =>
  read?.kind === 'known' && read.value.imageId === copyId ? read.value : null

const thereOf = (read: Reading<FoundImage> | undefined): Extract<FoundImage, { kind: 'there' }> | null =>
  read?.kind === 'known' && read.value.kind === 'there' ? read.value : null

function standingOf(
  found: Reading<FoundImage> | undefined,
  { copyId }: ImageMember,
): Pick<ResyncSight, 'standing' | 'reason'> {
  if (found?.kind !== 'known') return { standing: 'unknown', reason: found?.reason ?? 'not read' }
  if (found.value.kind === 'absent') return { standing: 'gone', reason: 'nothing has its name now' }
  return found.value.imageId === copyId
    ? { standing: 'same', reason: '' }
    : { standing: 'gone', reason: `another image has its name now: ${found.value.imageId}` }
}
