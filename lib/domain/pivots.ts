import type { Plan, Procedure, StepName } from './plan'

/** The step of each procedure that cannot be taken back without loss: up to it a failure stops the whole clone family. */
export const PIVOTS: Readonly<Record<Procedure, StepName>> = {
  'planned-failover': 'promote',
  'forced-failover': 'force-promote',
  reprotect: 'keep-loser',
  promote: 'promote',
  demote: 'demote',
  snapshot: 'take-snapshot',
  flatten: 'flatten',
  disable: 'disable-mirroring',
  'set-up': 'enable-mirroring',
  // From here on rbd-mirror deletes the copy at the other site.
  'take-down': 'disable-mirroring',
  resync: 'resync',
  'cinder-failover': 'fail-over-backend',
  'cinder-forced': 'fail-over-backend',
}

/** Has this member passed the pivot of its plan? By the memo that the engine keeps of what it did. */
export const pastPivot = ({ procedure }: Pick<Plan, 'procedure'>, memo: Readonly<Record<string, unknown>>): boolean =>
  memo[`did:${PIVOTS[procedure]}`] === true

/** What a look that saw an image promoted remembers of it where Cinder did it: no act of its own says that it is past the pivot. */
export const passedWithCinder = <M extends Readonly<Record<string, unknown>>>(
  { procedure }: Pick<Plan, 'procedure'>,
  memo: M,
): (M & Readonly<Record<string, true>>) | undefined =>
  procedure === 'cinder-failover' || procedure === 'cinder-forced'
    ? { ...memo, [`did:${PIVOTS[procedure]}`]: true }
    : undefined
