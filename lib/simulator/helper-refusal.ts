import type { Desk } from './desk'
import type { PoolSpec } from './spec'

/** What the helper answers with instead of a result. */
export class HelperRefusal extends Error {
  constructor(
    readonly kind: 'missing' | 'refused' | 'unreachable' | 'unreadable',
    readonly errno: number,
    message: string,
  ) {
    super(message)
  }
}

/** The pool of this name at the site; throws what the helper says where there is none. */
export function poolOf(desk: Desk, name: string): PoolSpec {
  const pool = desk.pool(name)
  if (pool === null) throw new HelperRefusal('missing', 2, `pool ${name}: No such file or directory`)
  return pool
}
