/** Known: seen lately at both sides. Estimated: a bound, since one side alone was seen. Unknown: nobody can say now. */
export type Sure = 'known' | 'estimated' | 'unknown'

export interface Sentence {
  readonly about: 'recovery' | 'place' | 'copy' | 'loss'
  readonly sure: Sure
  readonly text: string
}

export const sentence = (about: Sentence['about'], sure: Sure, text: string): Sentence => ({ about, sure, text })

/** `a`, `a and b`, `a, b and c`. */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
