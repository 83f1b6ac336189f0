export const RUN_STATES = [
  'queued',
  'running',
  'waiting',
  'paused',
  'succeeded',
  'incomplete',
  'failed',
  'cancelled',
] as const
export type RunState = (typeof RUN_STATES)[number]

export const STEP_STATES = ['pending', 'running', 'waiting', 'done', 'blocked', 'skipped', 'failed'] as const
export type StepState = (typeof STEP_STATES)[number]

export const MEMBER_STATES = [
  'pending',
  'acting',
  'waiting',
  'in-doubt',
  'done',
  'held',
  'set-aside',
  'undone',
  'failed',
] as const
/** `held`: its clone family, or the whole selection, was stopped by another member's failure. */
export type MemberState = (typeof MEMBER_STATES)[number]

export const ATTEMPT_STATES = ['started', 'done', 'refused', 'failed', 'in-doubt'] as const
export type AttemptState = (typeof ATTEMPT_STATES)[number]

/** What the operator wants of a run. */
export const WISHES = ['go', 'pause', 'stop'] as const
export type Wish = (typeof WISHES)[number]

/** Nothing more happens in such a run. */
export const isEnded = (state: RunState): boolean =>
  state === 'succeeded' || state === 'incomplete' || state === 'failed' || state === 'cancelled'

/** The runner still works on such a member. */
export const isActive = (state: MemberState): boolean =>
  state === 'pending' || state === 'acting' || state === 'waiting' || state === 'in-doubt'

/** Stopped, and somebody has to decide: retry or set aside. `undone` was promoted back at the old primary. */
export const needsDecision = (state: MemberState): boolean =>
  state === 'failed' || state === 'held' || state === 'undone'
