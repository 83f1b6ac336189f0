/** What both sites together say of an image. Made from the copies, never from Ceph's own summary. */
export const VERDICTS = [
  'following',
  'copying',
  'stopped',
  'both-secondary',
  'no-copy',
  'unprotected',
  'error',
  'hollow',
  'split-brain',
  'two-primaries',
  'unknown',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** measured: both sides looked at, fresh. bounded: one side, or the daemon's status alone. estimated: a model. */
export const GRADES = ['measured', 'bounded', 'estimated', 'unknown'] as const
export type Grade = (typeof GRADES)[number]
