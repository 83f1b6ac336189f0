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
 * What was declared and cannot be, where the site was just seen to answer, or its hosts to live. A key that is taken back
 * keeps rbd-mirror out and no client. Null: only a blocklist is no contradiction, since it takes living monitors to keep one.
 */
const CONTRADICTED: Readonly<Record<Exclude<Fence['kind'], 'not-proven'>, string | null>> = {
  power: 'its power is said to be off: look again at what was switched off',
  network: 'its network is said to be cut off, and it was reached just now: look again at what was cut',
  'peer-key': "the peer's key is said to be taken back: that keeps rbd-mirror out, and its own clients write on",
  blocklist: null,
}

const WAYS_ON = 'Fail it over as planned, switch its power off, or put its clients on the blocklist, and say so'

/**
 * May a site be failed over by force? Silent is not dead, and what answers is not: what was declared does not count where it
 * contradicts what was just seen. Where a monitor still takes connections only a blocklist may stand, where its hosts alone
 * live whatever does not say that they are dead; and a person agrees to it.
 */
export function fenceVerdict(fence: Fence, probes: readonly Probe[]): FenceVerdict {
  const { kind } = fence
  const told = probes.map(({ from, text }) => `from ${from}: ${text}`).join('; ')
  const answers = probes.some(({ answered }) => answered)
  const lives = probes.some(({ refused }) => refused === true)
  const declared = (): string => `${kind === 'not-proven' ? '' : `${FENCE_WORDS[kind]}, as declared; `}${told}`
  if (answers || lives) {
    const seen = answers ? `it still answers (${told})` : `its hosts refuse connections, so they live (${told})`
    if (kind === 'not-proven')
      return answers
        ? { kind: 'alive', reason: `${seen}: fail it over as planned, or fence it first and say how` }
        : { kind: 'unsure', reason: `${seen}: OSDs and clients may live too. Say what fences it` }
    // A host that refuses has no monitor any more: whether its clients are cut off only a person can say.
    const contradicted = answers || kind === 'power' ? CONTRADICTED[kind] : null
    return contradicted === null
      ? { kind: 'declared', evidence: declared() }
      : { kind: 'alive', reason: `${seen}, and ${contradicted}. ${WAYS_ON}` }
  }
  if (kind === 'not-proven' && probes.some(({ tried }) => !tried)) {
    const reason = `two looks from two places are needed, and one could not be taken (${told}): fence it, and say how`
    return { kind: 'unsure', reason }
  }
  return { kind: 'silent', evidence: declared() }
}
