import type { Config } from '@/lib/config/config'
import type { Moment } from './images-where'

/** Now, and the smallest objective that is configured. */
export const momentOf = (config: Config, now: number): Moment => ({
  now,
  leastSec: Math.min(config.objectives.rpo, ...Object.values(config.pools).map((pool) => pool.rpo)),
})
