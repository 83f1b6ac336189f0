import type { Fence } from './plan'

/** One way to look whether a site still lives. */
export interface Probe {
  /** Where it was looked from: `this console`, `site-b`. */
  readonly from: string
  readonly answered: boolean
  /** A monitor refuses connections: its host lives, and so may OSDs and clients. */
  readonly refused?: boolean
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
 * Up to when the lost site may have taken writes: only power that is off stops its own clients. A network that is cut off,
 * a blocklist, a key leave those inside writing on; then the claim of loss has no end yet.
 */
export const writesEndAt = ({ kind, at }: Fence): number | null => (kind === 'power' ? at : null)

/**
 * May a site be failed over by force? Silent is not dead, and what answers is not: where a monitor still takes
 * connections, only somebody who has fenced it otherwise may go on, and power that is off answers nobody.
 */
export function fenceVerdict(fence: Fence, probes: readonly Probe[]): FenceVerdict {
  const told = probes.map(({ from, text }) => `from ${from}: ${text}`).join('; ')
  const alive = probes.find(({ answered }) => answered)
  const host = probes.find(({ refused }) => refused === true)
  if (alive === undefined && host !== undefined && fence.kind === 'power') {
    return {
      kind: 'alive',
      reason: `its power is said to be off, but its hosts refuse connections, so they live (${told})`,
    }
  }
  if (alive === undefined && host !== undefined && fence.kind === 'not-proven') {
    const reason = `its monitors are gone and their hosts live (${told}): OSDs and clients may live too. Say what fences it`
    return { kind: 'unsure', reason }
  }
  const blind = probes.find(({ tried }) => !tried)
  if (alive === undefined && blind !== undefined && fence.kind === 'not-proven') {
    return {
      kind: 'unsure',
      reason: `two looks from two places are needed, and one could not be taken (${told}): fence it, and say how`,
    }
  }
  if (alive === undefined) {
    if (host !== undefined) return { kind: 'declared', evidence: `${FENCE_WORDS[fence.kind]}, as declared; ${told}` }
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
