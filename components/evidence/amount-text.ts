import type { Amount } from '@/lib/views/evidence'
import { sizeText } from '@/lib/views/size-text'

/** `4 MiB written since`, `at least …`, `not known how much`. */
export function amountText(amount: Amount): string {
  if (amount.kind === 'unknown') return 'not known how much'
  if (amount.bytes === 0 && amount.sure !== 'at-least') return 'nothing written since'
  return `${SURE[amount.sure]}${sizeText(amount.bytes)} written since`
}

/** Of several: a sum with something unknown in it is a lower bound, and says so; null where nothing can be said. */
export function sumText(amounts: readonly (Amount | undefined)[]): string | null {
  const known = amounts.flatMap((amount) => (amount?.kind === 'known' ? [amount] : []))
  const has = (wanted: (typeof known)[number]['sure']) => known.some(({ sure }) => sure === wanted)
  const less = known.length < amounts.length || has('at-least')
  if (known.length === 0 || (less && has('at-most'))) return null
  const sure = less ? 'at-least' : has('at-most') ? 'at-most' : has('about') ? 'about' : 'exact'
  return `${SURE[sure]}${sizeText(known.reduce((sum, { bytes }) => sum + bytes, 0))}`
}

const SURE = { exact: '', about: 'about ', 'at-least': 'at least ', 'at-most': 'at most ' } as const
