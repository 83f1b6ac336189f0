import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import { type EndApart, type KeepApart, MOST_APART } from '@/lib/views/apart'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'

const PARTED: readonly string[] = ['two-primaries', 'split-brain']

/**
 * Two histories of these images are kept on purpose: they are no alarm any more, and never count as protected. Refused for an
 * image that has one history. A request id that was seen before changes nothing: a double click is one. Throws ServiceError.
 */
export async function keepApart(
  { requestId, ids, reason }: KeepApart,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly marked: number }> {
  return store.transaction().execute(async (tx) => {
    const at = clock.now()
    const open = await tx.selectFrom('kept_apart').select(['id', 'image_id']).where('ended_at', 'is', null).execute()
    if (open.some(({ id }) => id.startsWith(`${requestId}/`))) return { marked: 0 }
    const rows = await tx
      .selectFrom('images')
      .select(['id', 'pair', 'pool', 'name', 'verdict', 'verdict_text', 'changed_at'])
      .where('id', 'in', ids)
      .execute()
    const missing = ids.find((id) => !rows.some((row) => row.id === id))
    if (missing !== undefined)
      throw new ServiceError('missing', `The image ${missing} is not known any more: look at the list again.`)
    const whole = rows.find(({ verdict }) => !PARTED.includes(verdict))
    if (whole !== undefined)
      throw new ServiceError(
        'refused',
        `${whole.pool}/${whole.name} has one history (${whole.verdict_text}): there is nothing to keep on both sides.`,
      )
    const fresh = rows.filter(({ id }) => !open.some(({ image_id }) => image_id === id))
    if (open.length + fresh.length > MOST_APART)
      throw new ServiceError('refused', `At most ${MOST_APART} images are kept apart: ${open.length} are already.`)
    for (const [index, row] of fresh.entries()) {
      await tx
        .insertInto('kept_apart')
        .values({
          ...{ id: `${requestId}/${index}`, image_id: row.id, name: `${row.pool}/${row.name}`, pair: row.pair, reason },
          ...{ by: JSON.stringify(actor), created_at: at, parted_at: row.changed_at, meter: null, measured_at: null },
          ...{ ended_at: null, ended_by: null, end_reason: '' },
        })
        .execute()
    }
    const detail = { reason, images: fresh.map(({ pool, name }) => `${pool}/${name}`) }
    await audit(tx, { at, actor, action: 'split:keep', subject: `images:${fresh.length}`, outcome: 'done', detail })
    await announce(tx, ['apart'], at)
    return { marked: fresh.length }
  })
}

/** It is an alarm again, where the two histories are still there. Throws ServiceError. */
export async function endApart(
  { ids, reason }: EndApart,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly ended: number }> {
  return store.transaction().execute(async (tx) => {
    const at = clock.now()
    const open = await tx
      .selectFrom('kept_apart')
      .select(['id', 'name'])
      .where('ended_at', 'is', null)
      .where('image_id', 'in', ids)
      .execute()
    if (open.length === 0)
      throw new ServiceError('missing', 'None of these is kept apart any more: somebody has ended it.')
    await tx
      .updateTable('kept_apart')
      .set({ ended_at: at, ended_by: JSON.stringify(actor), end_reason: reason })
      .where(
        'id',
        'in',
        open.map(({ id }) => id),
      )
      .execute()
    const detail = { reason, images: open.map(({ name }) => name) }
    await audit(tx, {
      at,
      actor,
      action: 'split:keep',
      subject: `images:${open.length}`,
      outcome: 'done',
      detail: { ...detail, ended: true },
    })
    await announce(tx, ['apart'], at)
    return { ended: open.length }
  })
}
