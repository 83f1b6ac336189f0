import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import { storedGroup } from '@/lib/store/groups'
import type { DeleteGroup } from '@/lib/views/group-input'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { noSuchGroup, refuseOldVersion } from './group-checks'

/** Deletes a group. Its volumes and servers, and what protects them, are not touched. Throws ServiceError. */
export async function deleteGroup(
  { id, version, typed }: DeleteGroup,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly id: string }> {
  return store.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('protection_groups').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) throw noSuchGroup()
    if (typed.trim() !== row.name)
      throw new ServiceError('invalid', `Type the group's name, ${row.name}, to delete it.`)
    refuseOldVersion(row, version)
    const at = clock.now()
    await tx.deleteFrom('protection_groups').where('id', '=', id).execute()
    await tx.deleteFrom('group_members').where('group_id', '=', id).execute()
    const detail = { spec: storedGroup(row).spec }
    await audit(tx, { at, actor, action: 'group:delete', subject: `group:${id}`, outcome: 'done', detail })
    await announce(tx, ['groups'], at)
    return { id }
  })
}
