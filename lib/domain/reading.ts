/**
 * What was seen, and when. What could not be read, is too old or made no sense is `unknown`:
 * never 0, never "healthy", never "non-primary".
 */
export type Reading<T> =
  | { readonly kind: 'known'; readonly value: T; readonly observedAt: number }
  | { readonly kind: 'unknown'; readonly reason: string }

/** A value seen at `observedAt` (epoch milliseconds). */
export const known = <T>(value: T, observedAt: number): Reading<T> => ({ kind: 'known', value, observedAt })

/** Nothing that may be relied on; `reason` is shown to the operator. */
export const unknown = (reason: string): Reading<never> => ({ kind: 'unknown', reason })
