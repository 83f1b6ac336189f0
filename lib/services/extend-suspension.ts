import { LONGEST_MS, phaseOf, timesRefusal } from '@/lib/domain/suspension'
import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import { type Extension, suspensionOf } from '@/lib/store/suspensions'
import type { ExtendSuspension } from '@/lib/views/statement-input'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { noSuchStatement, timeText } from './statement-checks'

/**
 * A suspension lasts longer: a person's word each time, 24 hours from now at most. Refused where somebody has moved its end
 * since the form was opened. Throws ServiceError.
 */
export async function extendSuspension(
  { id, knownEndsAt, endsAt, reason }: ExtendSuspension,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly id: string }> {
  return store.transaction().execute(async (tx) => {
    const at = clock.now()
    const row = await tx.selectFrom('suspensions').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) throw noSuchStatement()
    const phase = phaseOf(suspensionOf(row), at)
    if (phase === 'closed' || phase === 'ended')
      throw new ServiceError('refused', 'It has ended: state a new suspension where one is needed.')
    if (row.ends_at !== knownEndsAt) {
      throw new ServiceError(
        'conflict',
        `Somebody has moved its end meanwhile, to ${timeText(row.ends_at)}: look again before you move it.`,
      )
    }
    if (endsAt <= row.ends_at)
      throw new ServiceError(
        'invalid',
        `End: it lasts until ${timeText(row.ends_at)} already; to end it sooner, end it.`,
      )
    const begin = Math.max(at, row.starts_at)
    const wrong = endsAt - begin > LONGEST_MS ? 'it is extended by 24 hours at most' : timesRefusal(begin, endsAt, at)
    if (wrong !== null) throw new ServiceError('invalid', `End: ${wrong}.`)
    const extension: Extension = { at, by: actor, from: row.ends_at, to: endsAt, reason }
    const extensions = JSON.stringify([...(JSON.parse(row.extensions) as Extension[]), extension])
    await tx.updateTable('suspensions').set({ ends_at: endsAt, extensions }).where('id', '=', id).execute()
    const detail = { from: row.ends_at, to: endsAt, reason, phase }
    await audit(tx, { at, actor, action: 'suspension:extend', subject: `suspension:${id}`, outcome: 'done', detail })
    await announce(tx, ['statements'], at)
    return { id }
  })
}
