import type { Reading } from '@/lib/domain/reading'
import type { Clock } from '@/lib/ports/clock'
import type { ClusterPort } from '@/lib/ports/cluster'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { SiteState, World } from './world'

/** What the poller says to the log; pino fits. */
export interface PollerLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
}

/** What the jobs of one site share. */
export interface SiteContext {
  readonly world: World
  readonly site: SiteState
  readonly mirror: MirrorPort
  readonly cluster: ClusterPort
  readonly clock: Clock
  readonly log: PollerLog
  /** Share of one core that the sampling of journals may take, 0..1; the looks at snapshots the same. */
  readonly cpuShare: number
  /** One question to the site: its outcome is noted for the site's health. Throws what the port threw. */
  ask<T>(question: () => Promise<T>, worth?: (answer: T) => Worth): Promise<T>
}

/** What an answer says of the cluster: that it lives, nothing (the helper alone answered), or that it may not. */
export type Worth = 'alive' | 'nothing' | 'doubt'

/** Many images were asked for, and not one could be read. */
export const worthOf = (readings: readonly Reading<unknown>[]): Worth =>
  readings.length > 0 && readings.every((reading) => reading.kind === 'unknown') ? 'doubt' : 'alive'
