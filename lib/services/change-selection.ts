import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import type { ChangeSelection } from '@/lib/views/status-input'
import type { ServiceContext } from './context'
import { homeOf, noSuchSelection, refuseNameTwice } from './selection-checks'

/** How a service is called, described, promised, and where it is at home. Its images stay what they are. Throws ServiceError. */
export async function changeSelection(
  input: ChangeSelection,
  context: ServiceContext,
): Promise<{ readonly id: string }> {
  const { store, clock, actor } = context
  const { id, name, sentence, objective } = input
  const home = homeOf(input.home, context.sites)
  return store.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('status_selections')
      .select(['name', 'sentence', 'objective', 'home_site as home'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (before === undefined) throw noSuchSelection()
    await refuseNameTwice(tx, name, id)
    const at = clock.now()
    await tx
      .updateTable('status_selections')
      .set({ name, sentence, objective, home_site: home, changed_at: at })
      .where('id', '=', id)
      .execute()
    const detail = { before: { ...before }, after: { name, sentence, objective, home } }
    await audit(tx, { at, actor, action: 'status:change', subject: `selection:${id}`, outcome: 'done', detail })
    await announce(tx, ['status'], at)
    return { id }
  })
}
