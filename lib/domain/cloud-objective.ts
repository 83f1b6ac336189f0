import type { VolumeType } from './cloud'
import { DURATION_WORDS, durationSec } from './duration'

/** The extra spec of a volume type that says which exposure its volumes may have: a duration, `2m`. */
export const RPO_SPEC = 'antipode:rpo'

export type TypeObjective =
  | { readonly kind: 'none' }
  | { readonly kind: 'set'; readonly sec: number }
  /** What it says is no duration: the pool's objective counts, and somebody must hear of it. */
  | { readonly kind: 'bad'; readonly text: string }

/** The objective that a volume type carries. Nothing can be held to zero seconds, so that is no objective either. */
export function typeObjective({ name, extraSpecs }: Pick<VolumeType, 'name' | 'extraSpecs'>): TypeObjective {
  const said = extraSpecs[RPO_SPEC]
  if (said === undefined) return { kind: 'none' }
  const sec = durationSec(said)
  if (sec !== null && sec >= 1) return { kind: 'set', sec: Math.round(sec) }
  const text = `Volume type ${name}: ${RPO_SPEC} is “${said}”; ${DURATION_WORDS}. The objective of the pool counts until then`
  return { kind: 'bad', text }
}
