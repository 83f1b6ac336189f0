import type { Procedure } from '@/lib/domain/plan'

/** What a run has done to an image that is through: `14 images promoted at eu-north`. */
export const DID: Readonly<Record<Procedure, (from: string, to: string) => string>> = {
  'planned-failover': (_, to) => `promoted at ${to}`,
  'forced-failover': (_, to) => `promoted by force at ${to}`,
  reprotect: (_, to) => `put aside at ${to}`,
  resync: (_, to) => `deleted at ${to}, to be copied again`,
  'set-up': (from, to) => `of ${from} mirrored to ${to}`,
  'take-down': () => 'mirrored no more',
  promote: (_, to) => `primary at ${to}`,
  demote: (from) => `demoted at ${from}: nobody can write`,
  snapshot: (from) => `with a new snapshot at ${from}`,
  disable: (from) => `kept at ${from}, mirrored no more`,
  'cinder-forced': (_, to) => `promoted by force at ${to}, by Cinder`,
  'cinder-failover': (_, to) => `promoted at ${to} by Cinder`,
  flatten: (from) => `without a parent at ${from}`,
}
