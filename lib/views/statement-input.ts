import { z } from 'zod'

const id = z.string().min(1)
const reason = z.string().trim().min(1, 'a reason is needed').max(280, 'a reason has at most 280 letters')
/** Epoch milliseconds. */
const time = z.int('a time is a whole number of milliseconds').positive()

export const SuspendReplication = z.strictObject({
  requestId: z.uuid(),
  sites: z.tuple([z.string().min(1), z.string().min(1)]),
  /** The site of the primaries where one direction alone is meant; null: both. */
  from: z.string().min(1).nullable(),
  /** Empty: all. */
  pools: z.array(z.string().min(1)).max(1000),
  reason,
  /** Null: now. */
  startsAt: time.nullable(),
  endsAt: time,
})
export type SuspendReplication = z.output<typeof SuspendReplication>

export const ExtendSuspension = z.strictObject({
  id,
  /** The end as it was when the form was opened: if somebody else has moved it since, this one is refused. */
  knownEndsAt: time,
  endsAt: time,
  reason,
})
export type ExtendSuspension = z.output<typeof ExtendSuspension>

export const EndSuspension = z.strictObject({ id, reason: z.string().trim().max(280) })
export type EndSuspension = z.output<typeof EndSuspension>

/** Lets the rest be: it is history with what was proven. */
export const CloseStatement = z.strictObject({ id, reason })
export type CloseStatement = z.output<typeof CloseStatement>

export const AcknowledgeOutage = z.strictObject({
  requestId: z.uuid(),
  site: z.string().min(1),
  reason,
  /** Null where nobody can say. */
  expectedAt: time.nullable(),
})
export type AcknowledgeOutage = z.output<typeof AcknowledgeOutage>

export const WithdrawAcknowledgement = z.strictObject({ id, reason })
export type WithdrawAcknowledgement = z.output<typeof WithdrawAcknowledgement>
