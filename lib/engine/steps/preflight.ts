import { willBeHollow } from '@/lib/domain/hollow'
import { type Lineage, newestCompleteSnapshot, newestSnapshot, ORPHAN } from '@/lib/domain/lineage'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import type { ImageMember, SiteMember } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import { lookAtBoth } from '../look-at'
import { blocked, done, type Look, type Step, type StepContext, type Subject, stepFor, waiting } from '../step'
import { judgeParents, outsideParents, rowsOf } from './outside-parents'

/** Is there, at the receiving site, a living rbd-mirror for every pool? Without one nothing arrives and nothing is proven. */
export const preflightSites: Step = stepFor('sites', {
  name: 'preflight',
  observe: async (subjects, context) => Promise.all(subjects.map(({ member }) => lookAtDaemons(member, context))),
})

export async function lookAtDaemons(member: SiteMember, { plan, mirror }: StepContext): Promise<Look> {
  const daemons = await Promise.all(member.pools.map((pool) => mirror(plan.to).daemons(pool)))
  const without = member.pools.filter((_, index) => (daemons[index] ?? []).length === 0)
  if (without.length > 0)
    return waiting(`no rbd-mirror daemon lives at ${plan.to} for ${without.join(', ')}; start it there`)
  return done(`rbd-mirror lives at ${plan.to} for ${member.pools.join(', ')}`)
}

/** Is each image the primary here and a whole, following copy there? Both sides are looked at now, not remembered. */
export const preflightImages: Step = stepFor('image', {
  name: 'preflight',
  async observe(subjects, context) {
    const [looks, rows, parents] = await Promise.all([
      lookAtBoth(subjects, context, judgeCopies),
      statusRows(subjects, context),
      outsideParents(subjects, context),
    ])
    return subjects.map(({ member }, index) => {
      const look = looks[index] ?? waiting('not read')
      if (look.kind !== 'done') return look
      return (
        judgeStatus(rows.get(member.key), context) ??
        judgeParents(parents.get(member.key), context, judgeStatus) ??
        look
      )
    })
  },
})

const FLATTENED =
  "it was flattened in snapshot mode: with the next mirror snapshot the copy lets go of its parent and reads zeros where the parent's data was. Take a mirror snapshot, resync the copy, and look again"

function judgeCopies({ member, memo }: Subject<ImageMember>, from: Lineage, to: Lineage): Look {
  if (to.role === 'primary') {
    return blocked(
      from.role === 'primary'
        ? 'primary at both sites: choose the good copy first'
        : 'it is primary at the target already',
    )
  }
  if (member.mode !== from.mode || member.mode !== to.mode)
    return blocked(`its mode is no longer ${member.mode} at both sites`)
  if (willBeHollow(from, to)) return blocked(FLATTENED)
  if (from.role === 'non-primary') return done('demoted already; the proof decides whether it may be promoted')
  if (from.mode === 'journal') return judgeJournal(from, to)
  const newest = newestSnapshot(from)
  const held = newestCompleteSnapshot(to)
  if (newest === null) return waiting('the primary has no mirror snapshot yet')
  // The newest at the first look, not at each: with a short schedule the newest of all may never be the one held.
  const wanted = typeof memo.preflightSnap === 'number' ? memo.preflightSnap : newest.id
  if (held?.primarySnapId == null || held.primarySnapId < wanted) {
    return waiting(`mirror snapshot ${wanted} is not complete at the copy`, { ...memo, preflightSnap: wanted })
  }
  return done(`mirror snapshot ${held.primarySnapId} is complete at the copy`)
}

/**
 * The copy must be seen to follow this primary before it is demoted again: a term as primary that the other side never
 * began to replay is not replayed later, while both are demoted (seen on the lab), and Ceph would promote over it.
 */
function judgeJournal(from: Lineage, to: Lineage): Look {
  if (from.journal === null || to.journal === null) return waiting('its journal could not be read at both sites')
  const copies = from.journal.clients.filter(({ id }) => id !== '')
  if (copies.length !== 1) return waiting(`${copies.length} copies are registered in its journal; one is needed`)
  if (copies[0]?.state !== 'connected') return blocked('the copy is disconnected from the journal: it needs a resync')
  const owner = to.journal.newestTag?.mirrorUuid
  if (owner === undefined || owner === '' || owner === ORPHAN)
    return waiting('the copy does not replay this primary yet')
  return done('the copy replays the journal of this primary')
}

/** The daemons' own words, one call a pool: at the target, where no other site is named. Up to 30 s old: they may hold back, they prove nothing. */
export async function statusRows(
  subjects: readonly Subject<ImageMember>[],
  context: StepContext,
  site: SiteName = context.plan.to,
) {
  const pools = [...new Set(subjects.map(({ member }) => member.image.pool))]
  const byId = await rowsOf(pools, context, site)
  return new Map(
    subjects.flatMap(({ member }) => {
      const row = byId.get(`${member.image.pool}/${member.globalId}`)
      return row === undefined ? [] : [[member.key, row] as const]
    }),
  )
}

/** May a copy of which its rbd-mirror says this be built upon? Null: nothing against it. */
export function judgeStatus(row: MirrorRow | undefined, { plan }: StepContext): Look | null {
  if (row === undefined) return waiting(`${plan.to} lists no such mirrored image`)
  const { local } = row
  if (local.detail.kind === 'split-brain') return blocked(`split-brain at ${plan.to}: compare both copies first`)
  if (local.detail.kind === 'copying') return waiting(`still copying at ${plan.to}: ${local.description}`)
  if (local.detail.kind === 'resync-requested') return waiting(`a resync is under way at ${plan.to}`)
  if (local.detail.kind === 'replaying-snapshot' && local.detail.localSnapshotAt === null)
    return waiting(`the first copy is under way at ${plan.to}`)
  if (local.state === 'error') return blocked(`rbd-mirror at ${plan.to} reports an error: ${local.description}`)
  if (!local.up) return waiting(`rbd-mirror at ${plan.to} does not report on it (${local.state}: ${local.description})`)
  return null
}
