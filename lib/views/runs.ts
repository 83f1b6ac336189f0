import { z } from 'zod'
import { PROCEDURES } from '@/lib/domain/plan'
import { ATTEMPT_STATES, MEMBER_STATES, RUN_STATES, STEP_STATES, WISHES } from '@/lib/domain/run-states'
import { GRADES } from '@/lib/domain/verdict-words'
import { FindingView } from './recover'

export const RunRow = z.object({
  id: z.string(),
  title: z.string(),
  procedure: z.enum(PROCEDURES),
  from: z.string(),
  to: z.string(),
  state: z.enum(RUN_STATES),
  /** What the operator asked for; the worker follows at its next turn. */
  wish: z.enum(WISHES),
  reason: z.string(),
  actor: z.string(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Members that are images, and how many are done, stopped (failed, held, promoted back), set aside. */
  images: z.number(),
  done: z.number(),
  stopped: z.number(),
  setAside: z.number(),
  /** Place of the step it is at, from 0; null where nobody is at work any more. */
  stepIdx: z.number().nullable(),
  steps: z.number(),
  stepTitle: z.string(),
})
export type RunRow = z.output<typeof RunRow>

export const RunsPage = z.object({ now: z.number(), live: z.number(), total: z.number(), rows: z.array(RunRow) })
export type RunsPage = z.output<typeof RunsPage>

/** Where a member stands, seen from one step: `not-yet` has not come to it, `past` is through. */
export const PLACES = ['here', 'not-yet', 'past'] as const

export const MemberView = z.object({
  idx: z.number(),
  key: z.string(),
  kind: z.enum(['image', 'schedule', 'sites', 'pool', 'backend', 'server', 'volume', 'gate']),
  name: z.string(),
  /** Members that go or stay with it: its clones and their parents, itself counted. */
  familySize: z.number(),
  state: z.enum(MEMBER_STATES),
  reason: z.string(),
  stepIdx: z.number(),
  place: z.enum(PLACES),
  updatedAt: z.number(),
})
export type MemberView = z.output<typeof MemberView>

export const AttemptView = z.object({
  id: z.string(),
  stepIdx: z.number(),
  memberIdx: z.number(),
  memberName: z.string(),
  number: z.number(),
  state: z.enum(ATTEMPT_STATES),
  undo: z.boolean(),
  site: z.string(),
  /** The command alone, and the whole line as the operator could type it at the site. */
  bare: z.string(),
  line: z.string(),
  intentAt: z.number(),
  endedAt: z.number().nullable(),
  exit: z.number().nullable(),
  stderr: z.string(),
  /** What the second look saw. */
  proof: z.string(),
})
export type AttemptView = z.output<typeof AttemptView>

/** Members of one step by where they stand; together they are `members`. */
const StepTally = z.object({
  past: z.number(),
  pending: z.number(),
  acting: z.number(),
  waiting: z.number(),
  inDoubt: z.number(),
  /** Failed, held or promoted back, here or before. */
  stopped: z.number(),
  setAside: z.number(),
  notYet: z.number(),
})
export type StepTally = z.output<typeof StepTally>

export const RunStepView = z.object({
  idx: z.number(),
  name: z.string(),
  title: z.string(),
  proof: z.string(),
  state: z.enum(STEP_STATES),
  reason: z.string(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  members: z.number(),
  tally: StepTally,
})
export type RunStepView = z.output<typeof RunStepView>

/** Where the images themselves stand: what a stop would promote back, and what it would leave. */
const Standing = z.object({
  /** Nothing of this run has changed them: primary at the old site. */
  untouched: z.number(),
  /** Demoted by this run and promoted nowhere yet. */
  demoted: z.number(),
  promoted: z.number(),
  /** Demoted, and cannot be promoted back without force. */
  stranded: z.number(),
  inDoubt: z.number(),
})

const LedgerDigest = z.object({
  at: z.number(),
  /** Of a forced failover: see domain/loss. */
  outage: z.object({ lastHeardAt: z.number().nullable(), endAt: z.number().nullable() }).optional(),
  images: z.number(),
  /** Worst first, at most 20. */
  worst: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      heldUntilAt: z.number().nullable(),
      grade: z.enum(GRADES),
      text: z.string(),
    }),
  ),
  setAsideTotal: z.number(),
  /** At most 200. */
  setAside: z.array(z.object({ key: z.string(), name: z.string(), reason: z.string() })),
})

export const RunDetail = z.object({
  now: z.number(),
  run: RunRow.extend({
    planHash: z.string(),
    rtoSec: z.number(),
    options: z.object({ allOrNothing: z.boolean(), clients: z.enum(['wait', 'evict']) }),
    /** The worker that holds the run, in words; null where none does. */
    heldBy: z.string().nullable(),
  }),
  steps: z.array(RunStepView),
  /** The step that members and commands below are of. */
  shownStep: z.number(),
  /** Those that need a hand first, at most 500 of `membersTotal`. */
  members: z.array(MemberView),
  membersTotal: z.number(),
  /** All members, wherever they are, that wait for a decision: retry or set aside. Numbers alone, so that all may be named. */
  undecided: z.array(z.number()),
  /** What gates ask of a person now. `said`: what the last answer was, where it was a no. */
  questions: z.array(
    z.object({ idx: z.number(), question: z.string(), askedAt: z.number(), said: z.string().nullable() }),
  ),
  /** What operators have stated since it was approved: agreed to before a resume or a retry. */
  asks: z.array(FindingView),
  /** Set aside in the course of the run. At most 200. */
  aside: z.array(z.object({ idx: z.number(), name: z.string(), reason: z.string(), at: z.number() })),
  standing: Standing,
  /** The step changes nothing: it only looks, for every member of this run. */
  looksOnly: z.boolean(),
  /** What ran in the step: what is open first, then newest first; at most 200 of `attemptsTotal`. */
  attempts: z.array(AttemptView),
  attemptsTotal: z.number(),
  /** What it would still run, at most 50 lines of `plannedTotal`. */
  planned: z.array(z.object({ site: z.string(), line: z.string() })),
  plannedTotal: z.number(),
  /** Newest first, at most 300. */
  log: z.array(
    z.object({ seq: z.number(), at: z.number(), level: z.enum(['info', 'warn', 'error']), text: z.string() }),
  ),
  ledger: LedgerDigest,
})
export type RunDetail = z.output<typeof RunDetail>
