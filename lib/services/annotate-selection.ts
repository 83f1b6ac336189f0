import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import type { AnnotateSelection } from '@/lib/views/status-input'
import type { ServiceContext } from './context'
import { noSuchSelection } from './selection-checks'

const MINUTE_MS = 60_000

/**
 * What a human has to say of a service: beside what was measured, never instead of it, with time, author and an end, so
 * that no word of yesterday's outage is read tomorrow. Throws ServiceError.
 */
export async function annotateSelection(
  { id, note, forMin }: AnnotateSelection,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly id: string }> {
  return store.transaction().execute(async (tx) => {
    const at = clock.now()
    const written =
      note === ''
        ? { note, note_by: null, note_at: null, note_until: null }
        : { note, note_by: JSON.stringify(actor), note_at: at, note_until: at + forMin * MINUTE_MS }
    const { numUpdatedRows } = await tx
      .updateTable('status_selections')
      .set(written)
      .where('id', '=', id)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw noSuchSelection()
    const detail = note === '' ? { note } : { note, until: written.note_until }
    await audit(tx, { at, actor, action: 'status:note', subject: `selection:${id}`, outcome: 'done', detail })
    await announce(tx, ['status'], at)
    return { id }
  })
}
