import type { Procedure } from '@/lib/domain/plan'
import { pairOf } from '@/lib/domain/words'
import type { FailoverIntent } from '@/lib/views/recover'
import type { Draft } from './draft'
import { WIZARD_WORDS } from './words'

/** Ids begin with the pair: an image of another pair has no copy at the target. */
export const isOfPair = (id: string, from: string, to: string): boolean => id.startsWith(`${pairOf(from, to)}/`)

/** Why this draft cannot be looked at yet; null where it can. */
export function missing({ procedure, from, to, scope, pools, images }: Draft): string | null {
  if (from === '') return WIZARD_WORDS[procedure].missingFrom
  if (to === '') return WIZARD_WORDS[procedure].missingTo
  if (from === to) return 'Choose two different sites'
  if (scope === 'pools' && pools.length === 0) return 'Choose at least one pool'
  if (scope === 'images' && images.length === 0) return 'Pick images on the Images page, or choose pools or the site'
  const strangers = scope === 'images' ? images.filter(({ id }) => !isOfPair(id, from, to)).length : 0
  if (strangers > 0) return `${strangers} of the picked images are not mirrored between ${from} and ${to}: remove them`
  return null
}

/** What is asked of the server; null where the draft does not say enough. */
export function intentOf(draft: Draft): FailoverIntent | null {
  if (missing(draft) !== null) return null
  const { procedure, fence, from, to, scope, pools, images, leaveOut, allOrNothing, clients, keepDays } = draft
  const select: FailoverIntent['select'] =
    scope === 'site'
      ? { kind: 'site' }
      : scope === 'pools'
        ? { kind: 'pools', pools: [...pools] }
        : { kind: 'images', ids: images.map(({ id }) => id) }
  const options = { allOrNothing, clients, ...(procedure === 'reprotect' && { keepDays }) }
  return { procedure, fence, from, to, select, options, leaveOut: [...leaveOut] }
}

/** Procedures that wait for the clients of an image, or evict them, before they act on it. */
export const MINDS_CLIENTS: readonly Procedure[] = ['planned-failover', 'demote', 'reprotect']

const NOT_OF_PRIMARIES: readonly Procedure[] = ['reprotect', 'promote', 'resync']

/** Does it begin with images that are primary at one site alone? How many those are is known before it is looked. */
export const startsAtPrimary = (procedure: Procedure): boolean => !NOT_OF_PRIMARIES.includes(procedure)

/** The fresh looks are this old at most when a decision is made on them. */
export const FRESH_SEC = 60
