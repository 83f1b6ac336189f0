import type { Finding, ImageMember, Plan, PlanMember } from '@/lib/domain/plan'
import { TRAITS } from '@/lib/domain/procedure-traits'

/**
 * Clones in snapshot mode that would be promoted have to be agreed to: writes tear their copies, and neither a status nor
 * the ids of snapshots show it (ceph-facts 37), so no proof of the run speaks of that.
 */
export function tornAsks(plan: Plan | null): readonly Finding[] {
  if (plan === null) return []
  const { promotes } = TRAITS[plan.procedure]
  if (promotes === 'no') return []
  const clones = plan.members.filter(isTearing)
  const [first] = clones
  if (first === undefined) return []
  const many = clones.length === 1 ? '1 clone' : `${clones.length} clones`
  return [
    {
      ...{ severity: 'warns', check: 'clones', command: '', consent: 'torn-clones' },
      title: `${many} in snapshot mode: the ${clones.length === 1 ? 'copy' : 'copies'} at ${plan.to} may be torn`,
      evidence: `around a first write to a piece of a clone Ceph leaves zeros at the copy, and no status says so (tracker.ceph.com/issues/61891); first: ${first.image.pool}/${first.image.name}`,
      remedy:
        promotes === 'as-is'
          ? 'There is no better copy. Check what is in them before anybody uses them: file systems, databases.'
          : `Stop their clients and resync their copies first: those are whole until the next write. For good, mirror clones by journal.`,
      keys: clones.map(({ key }) => key),
    },
  ]
}

const isTearing = (member: PlanMember): member is ImageMember =>
  member.kind === 'image' && member.mode === 'snapshot' && (member.generation > 0 || member.outsideParent !== null)
