import { z } from 'zod'
import { ATTEMPT_STATES, MEMBER_STATES, RUN_STATES, STEP_STATES, WISHES } from '@/lib/domain/run-states'
import { LedgerView } from './recover'

export const RunRow = z.object({
  id: z.string(),
  title: z.string(),
  procedure: z.string(),
  from: z.string(),
  to: z.string(),
  state: z.enum(RUN_STATES),
  reason: z.string(),
  actor: z.string(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Members that are images, and how many are done, failed or held, set aside. */
  images: z.number(),
  done: z.number(),
  failed: z.number(),
  setAside: z.number(),
  stepTitle: z.string(),
})

export const RunsPage = z.object({ now: z.number(), live: z.number(), total: z.number(), rows: z.array(RunRow) })
export type RunsPage = z.output<typeof RunsPage>

export const MemberView = z.object({
  idx: z.number(),
  key: z.string(),
  kind: z.enum(['image', 'schedule', 'sites']),
  name: z.string(),
  family: z.string(),
  state: z.enum(MEMBER_STATES),
  reason: z.string(),
  stepIdx: z.number(),
  updatedAt: z.number(),
})

export const AttemptView = z.object({
  id: z.string(),
  stepIdx: z.number(),
  memberIdx: z.number(),
  memberName: z.string(),
  number: z.number(),
  state: z.enum(ATTEMPT_STATES),
  undo: z.boolean(),
  site: z.string(),
  line: z.string(),
  intentAt: z.number(),
  endedAt: z.number().nullable(),
  exit: z.number().nullable(),
  stderr: z.string(),
  proof: z.string(),
})

export const RunStepView = z.object({
  idx: z.number(),
  name: z.string(),
  title: z.string(),
  proof: z.string(),
  state: z.enum(STEP_STATES),
  reason: z.string(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Members that this step is for, and how many are past it. */
  members: z.number(),
  past: z.number(),
})

export const RunDetail = z.object({
  now: z.number(),
  run: RunRow.extend({
    wish: z.enum(WISHES),
    planHash: z.string(),
    rtoSec: z.number(),
    /** When and by what the worker that holds the run was last heard of; null where none holds it. */
    heldBy: z.string().nullable(),
  }),
  steps: z.array(RunStepView),
  /** Members in trouble first, then by step; at most 500. `membersTotal` says how many there are. */
  members: z.array(MemberView),
  membersTotal: z.number(),
  byState: z.partialRecord(z.enum(MEMBER_STATES), z.number()),
  /** Newest first, at most 200. */
  attempts: z.array(AttemptView),
  log: z.array(
    z.object({ seq: z.number(), at: z.number(), level: z.enum(['info', 'warn', 'error']), text: z.string() }),
  ),
  ledger: LedgerView,
})
export type RunDetail = z.output<typeof RunDetail>
