import type { GroupSpec } from '@/lib/domain/group'
import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import { writeLook } from '@/lib/store/group-look'
import { resolveGroups } from '@/lib/store/group-resolve'
import { storedGroup } from '@/lib/store/groups'
import type { ChangeGroup, CreateGroup } from '@/lib/views/group-input'
import type { CloudContext } from './context'
import { ServiceError } from './errors'
import { type CheckedGroup, checkGroup, noSuchGroup, refuseOldVersion, refuseOthersSince } from './group-checks'

const MOST_GROUPS = 500

interface Saved {
  readonly id: string
  readonly name: string
}

/** A new group, with those that it has now as accepted. A request id that was seen before gives what it made. Throws ServiceError. */
export async function createGroup({ requestId, spec: asked }: CreateGroup, context: CloudContext): Promise<Saved> {
  const { store, clock, actor } = context
  const id = `g-${requestId}`
  const there = await store.selectFrom('protection_groups').select('name').where('id', '=', id).executeTakeFirst()
  if (there !== undefined) return { id, name: there.name }
  const checked = await checkGroup(asked, null, context)
  const { spec } = checked
  const by = JSON.stringify(actor)
  await store.transaction().execute(async (tx) => {
    const rows = await tx.selectFrom('protection_groups').select('id').execute()
    if (rows.some((row) => row.id === id)) return
    if (rows.length >= MOST_GROUPS)
      throw new ServiceError('refused', `There are ${MOST_GROUPS} groups, which is the most: delete one first.`)
    await refuseOthersSince(tx, spec, id, checked.others)
    const at = clock.now()
    await tx
      .insertInto('protection_groups')
      .values({
        ...{ id, ...columnsOf(spec), version: 1, selection_version: 1, accepted_version: 0 },
        ...{ created_by: by, created_at: at, changed_by: by, changed_at: at },
      })
      .execute()
    await audit(tx, { at, actor, action: 'group:create', subject: `group:${id}`, outcome: 'done', detail: { spec } })
    await announce(tx, ['groups'], at)
  })
  await lookNow(id, checked, context)
  return { id, name: spec.name }
}

/** Another group under the same id, where nobody has changed it since. Throws ServiceError. */
export async function changeGroup({ id, version, spec: asked }: ChangeGroup, context: CloudContext): Promise<Saved> {
  const { store, clock, actor } = context
  const row = await store.selectFrom('protection_groups').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw noSuchGroup()
  refuseOldVersion(row, version)
  const checked = await checkGroup(asked, storedGroup(row), context)
  const { spec } = checked
  await store.transaction().execute(async (tx) => {
    const now = await tx.selectFrom('protection_groups').selectAll().where('id', '=', id).executeTakeFirst()
    if (now === undefined) throw noSuchGroup()
    refuseOldVersion(now, version)
    await refuseOthersSince(tx, spec, id, checked.others)
    const before = storedGroup(now).spec
    const at = clock.now()
    // Drift that nobody has accepted stays, where who is a member was not touched.
    const isOther = before.cloud !== spec.cloud || JSON.stringify(before.selection) !== JSON.stringify(spec.selection)
    await tx
      .updateTable('protection_groups')
      .set({
        ...columnsOf(spec),
        version: version + 1,
        selection_version: now.selection_version + (isOther ? 1 : 0),
        changed_by: JSON.stringify(actor),
        changed_at: at,
      })
      .where('id', '=', id)
      .execute()
    const detail = { before, after: spec }
    await audit(tx, { at, actor, action: 'group:change', subject: `group:${id}`, outcome: 'done', detail })
    await announce(tx, ['groups'], at)
  })
  await lookNow(id, checked, context)
  return { id, name: spec.name }
}

const columnsOf = (spec: GroupSpec) => ({
  name: spec.name,
  name_key: spec.name.toLowerCase(),
  cloud: spec.cloud,
  spec: JSON.stringify(spec),
  priority: spec.priority,
  rpo_sec: spec.rpoSec,
})

/** Who is in it now. Where the cloud was not read yet, the poller's first look says so. */
async function lookNow(id: string, { spec, picture, readAt }: CheckedGroup, context: CloudContext): Promise<void> {
  if (readAt === null) return
  const { store, clock } = context
  const row = await store.selectFrom('protection_groups').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return
  const [resolved] = await resolveGroups([spec], picture)
  await writeLook(store, storedGroup(row), resolved?.found.members ?? [], clock.now())
}
