import type { Fence } from './plan'

/** One way to look whether a site still lives. */
export interface Probe {
  /** Where it was looked from: `this console`, `site-b`. */
  readonly from: string
  readonly answered: boolean
  /** False where it could not even be tried: that says nothing. */
  readonly tried: boolean
  readonly text: string
}

export type FenceVerdict =
  | { readonly kind: 'silent'; readonly evidence: string }
  | { readonly kind: 'declared'; readonly evidence: string }
  | { readonly kind: 'alive' | 'unsure'; readonly reason: string }

export const FENCE_WORDS: Readonly<Record<Fence['kind'], string>> = {
  power: 'its power is off',
  network: 'its network is cut off',
  blocklist: 'its clients are on the blocklist',
  'peer-key': "the peer's key is taken back",
  'not-proven': 'nothing is proven to fence it',
}

/**
 * May a site be failed over by force? Silent is not dead, and what answers is not: where a monitor still takes
 * connections, only somebody who has fenced it otherwise may go on, and power that is off answers nobody.
 */
export function fenceVerdict(fence: Fence, probes: readonly Probe[]): FenceVerdict {
  const told = probes.map(({ from, text }) => `from ${from}: ${text}`).join('; ')
  const alive = probes.find(({ answered }) => answered)
  const blind = probes.find(({ tried }) => !tried)
  if (alive === undefined && blind !== undefined && fence.kind === 'not-proven') {
    return {
      kind: 'unsure',
      reason: `two looks from two places are needed, and one could not be taken (${told}): fence it, and say how`,
    }
  }
  if (alive === undefined) {
    const said = fence.kind === 'not-proven' ? told : `${FENCE_WORDS[fence.kind]}, as declared; ${told}`
    return { kind: 'silent', evidence: said }
  }
  if (fence.kind === 'not-proven') {
    return {
      kind: 'alive',
      reason: `it still answers (${told}): fail it over as planned, or fence it first and say how`,
    }
  }
  if (fence.kind === 'power') {
    return {
      kind: 'alive',
      reason: `its power is said to be off, but it answers (${told}): look again at what was switched off`,
    }
  }
  return { kind: 'declared', evidence: `${FENCE_WORDS[fence.kind]}, as declared; ${told}` }
}
