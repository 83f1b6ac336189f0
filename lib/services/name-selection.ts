import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import { filterText } from '@/lib/views/images-filter'
import { MOST_SELECTIONS, type NameSelection } from '@/lib/views/status-input'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { homeOf, refuseNameTwice } from './selection-checks'

/**
 * Puts the images of a filter on the status page under a name. A filter that matches nothing is taken: its images may be
 * still to come, and the page says that it has none. A request id that was seen before gives what it made: a double click
 * is one service. Throws ServiceError.
 */
export async function nameSelection(input: NameSelection, context: ServiceContext): Promise<{ readonly id: string }> {
  const { store, clock, actor } = context
  const home = homeOf(input.home, context.sites)
  const id = `s-${input.requestId}`
  return store.transaction().execute(async (tx) => {
    const there = await tx.selectFrom('status_selections').select(['id', 'position']).execute()
    if (there.some((row) => row.id === id)) return { id }
    if (there.length >= MOST_SELECTIONS) {
      throw new ServiceError('refused', `The status page holds ${MOST_SELECTIONS} services at most: remove one first.`)
    }
    await refuseNameTwice(tx, input.name, null)
    const at = clock.now()
    await tx
      .insertInto('status_selections')
      .values({
        id,
        name: input.name,
        sentence: input.sentence,
        filter: JSON.stringify(input.filter),
        objective: input.objective,
        home_site: home,
        position: Math.max(0, ...there.map(({ position }) => position)) + 1,
        created_by: JSON.stringify(actor),
        created_at: at,
        changed_at: at,
        note: '',
      })
      .execute()
    const detail = { name: input.name, filter: filterText(input.filter), home }
    await audit(tx, { at, actor, action: 'status:name', subject: `selection:${id}`, outcome: 'done', detail })
    await announce(tx, ['status'], at)
    return { id }
  })
}
