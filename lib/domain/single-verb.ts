import type { Procedure } from './plan'

export const SINGLE_VERBS = [
  'promote',
  'demote',
  'snapshot',
  'flatten',
  'disable',
] as const satisfies readonly Procedure[]
/** One verb of Ceph for some images, under the looks and proofs of the procedures. */
export type SingleVerb = (typeof SINGLE_VERBS)[number]

export const isSingleVerb = (procedure: Procedure): procedure is SingleVerb =>
  (SINGLE_VERBS as readonly string[]).includes(procedure)
