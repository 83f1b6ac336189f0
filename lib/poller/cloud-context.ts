import type { CloudKind } from '@/lib/domain/cloud-age'
import type { SiteName } from '@/lib/domain/words'
import type { Clock } from '@/lib/ports/clock'
import type { CloudPort } from '@/lib/ports/cloud'
import type { CloudEstate } from '@/lib/ports/cloud-estate'
import type { ClusterPort } from '@/lib/ports/cluster'
import type { Store } from '@/lib/store/database'
import type { CloudState } from './cloud-state'
import type { PollerLog } from './site-context'
import { errorText, isNoAnswer } from './site-health'
import type { World } from './world'

/** What the jobs of one cloud share. */
export interface CloudContext {
  readonly world: World
  readonly state: CloudState
  readonly cloud: CloudPort
  /** Null: what stands around its servers is not read. */
  readonly estate: Pick<CloudEstate, 'stacks' | 'stackResources'> | null
  readonly cluster: (site: SiteName) => ClusterPort
  readonly store: Store
  readonly clock: Clock
  readonly log: PollerLog
  /** One question to the cloud: its outcome is noted for the cloud's health. Throws what the port threw. */
  ask<T>(question: () => Promise<T>): Promise<T>
}

/**
 * Reads one kind of thing whole, or notes why not: what was read before stays, with its age. Throws only where nothing
 * answered at all: then the rest of a round need not be tried.
 */
export async function readKind<T>(
  ctx: CloudContext,
  kind: CloudKind,
  question: () => Promise<readonly T[]>,
  take: (things: readonly T[]) => Promise<void> | void,
): Promise<void> {
  const reading = ctx.state.readings[kind]
  const askedAt = ctx.clock.now()
  try {
    const things = await ctx.ask(question)
    await take(things)
    Object.assign(reading, { observedAt: askedAt, error: '', things: things.length, changed: true })
  } catch (error) {
    reading.error = errorText(error)
    reading.changed = true
    ctx.log.warn({ site: ctx.state.site, kind, error: reading.error }, 'a reading of a cloud failed')
    if (isNoAnswer(error)) throw error
  }
}
