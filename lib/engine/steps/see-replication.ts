import { type Lineage, newestCompleteSnapshot, ORPHAN } from '@/lib/domain/lineage'
import type { ImageMember } from '@/lib/domain/plan'
import { lookAtBoth } from '../look-at'
import { blocked, done, type Look, type Step, type Subject, stepFor, waiting } from '../step'

/** Replication runs the other way: seen in the copies themselves, since a status may be 30 s old and of the old direction. */
export const seeReplication: Step = stepFor('image', {
  name: 'see-replication',
  observe: (subjects, context) =>
    lookAtBoth(subjects, context, (subject, from, to) => {
      const { plan } = context
      if (to.role !== 'primary' || from.role !== 'non-primary') return blocked('the roles changed again')
      return subject.member.mode === 'snapshot'
        ? snapshotFollows(subject, from, plan.from)
        : journalFollows(from, to, plan.from)
    }),
})

/**
 * Any snapshot that was made since will do, not the run's own alone: of two made at one moment (ours and the schedule's)
 * Ceph may give one no peer, and then never copies it. Seen on the lab, 16.2.15.
 */
function snapshotFollows({ memo }: Subject<ImageMember>, from: Lineage, site: string): Look {
  const before = typeof memo.beforeFirst === 'number' ? memo.beforeFirst : 0
  const held = newestCompleteSnapshot(from)
  const follows = held !== null && held.role === 'non-primary' && (held.primarySnapId ?? -1) > before
  return follows
    ? done(`${site} holds snapshot ${held.primarySnapId} of the new primary`)
    : waiting(`${site} holds no snapshot that was made after ${before} at the new primary yet`)
}

/** The old primary's journal takes a tag of the new primary once its rbd-mirror replays from there. */
function journalFollows(from: Lineage, to: Lineage, site: string): Look {
  const tag = from.journal?.newestTag
  if (tag == null || tag.mirrorUuid === '' || tag.mirrorUuid === ORPHAN) return waiting(`${site} does not replay yet`)
  const copy = to.journal?.clients.find((client) => client.id !== '' && client.state === 'connected')
  if (copy === undefined) return waiting(`${site} is not registered in the journal of the new primary`)
  return done(`${site} replays the journal of the new primary from tag ${tag.id}`)
}
