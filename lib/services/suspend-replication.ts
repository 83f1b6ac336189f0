import { actorText } from '@/lib/domain/actor'
import { phaseOf, type Suspension, sameGround, timesRefusal } from '@/lib/domain/suspension'
import { pairOf } from '@/lib/domain/words'
import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import { openSuspensions } from '@/lib/store/suspensions'
import type { SuspendReplication } from '@/lib/views/statement-input'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { refuseUnknownSite, timeText } from './statement-checks'

/**
 * States that replication between two sites is expected to stand still. Nothing is changed at the clusters. Two that speak
 * of the same direction of the same pool at the same time are refused: of two ends nobody would know which one counts.
 * A request id that was seen before gives what it made. Throws ServiceError.
 */
export async function suspendReplication(
  input: SuspendReplication,
  { store, clock, actor, sites }: ServiceContext,
): Promise<{ readonly id: string }> {
  const [left, right] = input.sites
  for (const site of input.sites) refuseUnknownSite(site, sites)
  if (left === right) throw new ServiceError('invalid', `sites: ${left} does not replicate with itself.`)
  if (input.from !== null && !input.sites.includes(input.from)) {
    throw new ServiceError('invalid', `from: the direction is from ${left} or from ${right}, not from ${input.from}.`)
  }
  const pair = pairOf(left, right)
  const id = `s-${input.requestId}`
  return store.transaction().execute(async (tx) => {
    const at = clock.now()
    const before = await tx.selectFrom('suspensions').select('id').where('id', '=', id).executeTakeFirst()
    if (before !== undefined) return { id }
    const wrong = timesRefusal(input.startsAt, input.endsAt, at)
    if (wrong !== null) throw new ServiceError('invalid', `Times: ${wrong}.`)
    const known = await tx.selectFrom('pool_readings').select('pool').distinct().where('pair', '=', pair).execute()
    const names = new Set(known.map(({ pool }) => pool))
    if (names.size === 0) {
      throw new ServiceError(
        'refused',
        `No pool is mirrored between ${left} and ${right}: there is nothing to suspend.`,
      )
    }
    const strange = input.pools.find((pool) => !names.has(pool))
    if (strange !== undefined) {
      const there = [...names].sort().join(', ')
      throw new ServiceError('invalid', `pools: ${strange} is not mirrored between ${left} and ${right}; ${there} are.`)
    }
    const startsAt = Math.max(input.startsAt ?? at, at)
    const pools = [...new Set(input.pools)].sort()
    const mine = { pair, from: input.from, pools, startsAt, endsAt: input.endsAt }
    refuseOverlap(mine, await openSuspensions(tx), at)
    await tx
      .insertInto('suspensions')
      .values({
        ...{ id, pair, from_site: input.from, pools: JSON.stringify(pools), reason: input.reason },
        ...{ starts_at: startsAt, ends_at: input.endsAt, by: JSON.stringify(actor), created_at: at },
        ...{ extensions: '[]', ended_at: null, ended_by: null, end_reason: '' },
        ...{ progress: null, closed_at: null, closed_by: null, close_reason: '' },
      })
      .execute()
    const detail = { ...mine, reason: input.reason, by: actorText(actor) }
    await audit(tx, { at, actor, action: 'suspension:begin', subject: `suspension:${id}`, outcome: 'done', detail })
    await announce(tx, ['statements'], at)
    return { id }
  })
}

type Mine = Pick<Suspension, 'pair' | 'from' | 'pools' | 'startsAt' | 'endsAt'>

function refuseOverlap(mine: Mine, open: readonly Suspension[], at: number): void {
  const other = open.find((one) => {
    const phase = phaseOf(one, at)
    // One whose end has passed and that nobody settled goes on being told: extend it, or end it.
    const endsAt = phase === 'overdue' ? Number.POSITIVE_INFINITY : one.endsAt
    return phase !== 'ended' && sameGround(one, mine) && mine.startsAt < endsAt && one.startsAt < mine.endsAt
  })
  if (other === undefined) return
  throw new ServiceError(
    'conflict',
    `${other.by} has suspended that already, until ${timeText(other.endsAt)} (${other.reason}): extend or end that one.`,
  )
}
