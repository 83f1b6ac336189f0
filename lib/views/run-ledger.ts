import { z } from 'zod'
import { MEMBER_STATES } from '@/lib/domain/run-states'
import { GRADES } from '@/lib/domain/verdict-words'
import { LedgerVolumeView } from './recover'
import { ChangeRowView } from './set-up'

/** What was known of an image when the run was approved. `told`: what becomes of its copy is in the text alone. */
const ImageRow = z.object({
  kind: z.enum(['held', 'told']),
  key: z.string(),
  name: z.string(),
  heldUntilAt: z.number().nullable(),
  grade: z.enum(GRADES),
  text: z.string(),
  volume: LedgerVolumeView.optional(),
})

/** One thing that a set-up or a take-down changes: a pool, a peer, an image, a schedule. */
const ThingRow = ChangeRowView.extend({ kind: z.literal('change') })

const Row = z.discriminatedUnion('kind', [ImageRow, ThingRow])
export type LedgerRowOf = z.output<typeof Row>

/** A row with where its member is now; null where the run has none for it: it was so before. */
export const RunLedgerRow = z.object({
  row: Row,
  member: z.object({ state: z.enum(MEMBER_STATES), stepIdx: z.number(), reason: z.string() }).nullable(),
})
export type RunLedgerRow = z.output<typeof RunLedgerRow>

/** One window of a run's ledger, as it was frozen: worst first. */
export const RunLedgerPage = z.object({
  now: z.number(),
  /** Rows that are called so, of all windows. */
  total: z.number(),
  offset: z.number(),
  rows: z.array(RunLedgerRow),
})
export type RunLedgerPage = z.output<typeof RunLedgerPage>
