import type { Plan, Procedure, StepName } from './plan'

/** What one procedure is. Each is stated for each procedure: a default would be somebody else's. */
export interface ProcedureTraits {
  /** The step that cannot be taken back without loss: up to it a failure stops the whole clone family. */
  readonly pivot: StepName
  /**
   * It moves a role, makes a copy anew, or deletes one or what it lives by: in a maintenance of the link, or while a site is
   * waited for, it asks first.
   */
  readonly asks: boolean
  /** Does it make of copies what is used from then on: as they are proven, or, the primary being lost, as they are? */
  readonly promotes: 'no' | 'proven' | 'as-is'
  /** Cinder promotes: no act of the engine's own says that an image is past the pivot. */
  readonly byCinder: boolean
  /** Whose name is typed before a start: that of the site that loses its role, or its copies. Null: nothing can be lost by it. */
  readonly typed: 'from' | 'to' | null
  /** What it is for those who use a service; null: it moves no service from one place to another. */
  readonly service: 'move' | 'rescue' | 'repair' | null
}

const move = { asks: true, promotes: 'proven', byCinder: false, typed: 'from', service: 'move' } as const
const rescue = { ...move, promotes: 'as-is', service: 'rescue' } as const
const repair = { asks: true, promotes: 'no', byCinder: false, typed: 'to', service: 'repair' } as const
/** Some part of mirroring alone. */
const part = { asks: false, promotes: 'no', byCinder: false, typed: 'from', service: null } as const

export const TRAITS: Readonly<Record<Procedure, ProcedureTraits>> = {
  'planned-failover': { ...move, pivot: 'promote' },
  'forced-failover': { ...rescue, pivot: 'force-promote' },
  'cinder-failover': { ...move, byCinder: true, pivot: 'fail-over-backend' },
  'cinder-forced': { ...rescue, byCinder: true, pivot: 'fail-over-backend' },
  reprotect: { ...repair, pivot: 'keep-loser' },
  resync: { ...repair, pivot: 'resync' },
  promote: { ...part, asks: true, promotes: 'proven', typed: 'to', pivot: 'promote' },
  demote: { ...part, asks: true, pivot: 'demote' },
  snapshot: { ...part, typed: null, pivot: 'take-snapshot' },
  flatten: { ...part, pivot: 'flatten' },
  disable: { ...part, asks: true, typed: 'to', pivot: 'disable-mirroring' },
  'set-up': { ...part, typed: 'to', pivot: 'enable-mirroring' },
  // From here on rbd-mirror deletes the copy at the other site.
  'take-down': { ...part, asks: true, typed: 'to', pivot: 'disable-mirroring' },
}

/** The name that is to be typed before a start; '' where none is. */
export function typedSite({ procedure, from, to }: Pick<Plan, 'procedure' | 'from' | 'to'>): string {
  const { typed } = TRAITS[procedure]
  return typed === null ? '' : { from, to }[typed]
}

/** The pivot of this plan. Past cinder-volume it is where Cinder's records are set: until then each image is looked at. */
export const pivotOf = ({ procedure, steps }: Pick<Plan, 'procedure' | 'steps'>): StepName =>
  steps.some(({ name }) => name === PAST_CINDER) ? PAST_CINDER : TRAITS[procedure].pivot
const PAST_CINDER: StepName = 'set-records'

/** Has this member passed the pivot of its plan? By the memo that the engine keeps of what it did. */
export const pastPivot = ({ procedure }: Pick<Plan, 'procedure'>, memo: Readonly<Record<string, unknown>>): boolean =>
  memo[`did:${TRAITS[procedure].pivot}`] === true

/** What a look that saw an image promoted remembers of it where Cinder did it: no act of its own says that it is past the pivot. */
export const passedWithCinder = <M extends Readonly<Record<string, unknown>>>(
  { procedure }: Pick<Plan, 'procedure'>,
  memo: M,
): (M & Readonly<Record<string, true>>) | undefined =>
  TRAITS[procedure].byCinder ? { ...memo, [`did:${TRAITS[procedure].pivot}`]: true } : undefined
