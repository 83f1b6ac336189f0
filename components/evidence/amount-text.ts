import type { Amount } from '@/lib/views/evidence'
import { sizeText } from '@/lib/views/size-text'

/** `4 MiB written since`, `at least …`, `not known how much`. */
export function amountText(amount: Amount): string {
  if (amount.kind === 'unknown') return 'not known how much'
  if (amount.bytes === 0 && amount.sure !== 'at-least') return 'nothing written since'
  return `${SURE[amount.sure]}${sizeText(amount.bytes)} written since`
}

const SURE = { exact: '', about: 'about ', 'at-least': 'at least ' } as const
