import { newestCompleteSnapshot } from '@/lib/domain/lineage'
import { done, type Look, type Step, stepFor, waiting } from '../step'
import { follows } from './see-following'

/** A whole copy is at the other site, and follows. Before that nothing is protected. */
export const seeCopy: Step = stepFor('image', {
  name: 'see-copy',
  async observe(subjects, { plan, mirror }) {
    const images = subjects.map(({ member }) => member.image)
    const pools = [...new Set(images.map(({ pool }) => pool))]
    const [here, copies, statuses] = await Promise.all([
      mirror(plan.from).lineages(images),
      mirror(plan.to).lineages(images),
      Promise.all(pools.map((pool) => mirror(plan.to).statuses(pool))),
    ])
    const rows = new Map(statuses.flatMap(({ pool, rows: all }) => all.map((row) => [`${pool}/${row.globalId}`, row])))
    return subjects.map(({ member }, index): Look => {
      const [primary, copy] = [here[index], copies[index]]
      if (primary?.kind !== 'known') return waiting(`not known at ${plan.from}: ${primary?.reason ?? 'not read'}`)
      if (copy?.kind !== 'known') return waiting(`rbd-mirror at ${plan.to} has not begun the copy`)
      if (copy.value.globalId !== primary.value.globalId)
        return waiting(`another image has its name at ${plan.to}: rename that one, and the copy comes`)
      if (copy.value.role === 'primary') return done(`primary at ${plan.to} by now: it was failed over`)
      const look = follows(copy.value, rows.get(`${member.image.pool}/${copy.value.globalId}`), plan)
      return look.kind === 'waiting' && newestCompleteSnapshot(copy.value) === null && member.mode === 'snapshot'
        ? waiting(
            `${look.reason}. Where it was mirrored before it had a peer the copying begins with its next mirror snapshot`,
          )
        : look
    })
  },
})
