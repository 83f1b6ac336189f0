import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import type { RemoveSelection } from '@/lib/views/status-input'
import type { ServiceContext } from './context'
import { noSuchSelection } from './selection-checks'

/** Takes a service off the status page. Its images and what protects them are not touched. Throws ServiceError. */
export async function removeSelection(
  { id }: RemoveSelection,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly id: string }> {
  return store.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('status_selections')
      .select(['name', 'sentence', 'filter', 'objective', 'home_site as home'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (before === undefined) throw noSuchSelection()
    const at = clock.now()
    await tx.deleteFrom('status_selections').where('id', '=', id).execute()
    const detail = { ...before }
    await audit(tx, { at, actor, action: 'status:remove', subject: `selection:${id}`, outcome: 'done', detail })
    await announce(tx, ['status'], at)
    return { id }
  })
}
