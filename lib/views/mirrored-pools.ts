import type { PoolPulse } from './shell'

/** Is any pool of this site mirrored to another one? `not-read`: its pools have not been read yet. */
export function mirroredPools(pools: readonly PoolPulse[], site: string): 'none' | 'some' | 'not-read' {
  const mine = pools.filter((pool) => pool.site === site)
  if (mine.length === 0) return 'not-read'
  return mine.every(({ pair }) => pair === null) ? 'none' : 'some'
}
