import { clockJob } from './clock-job'
import { type Job, type Lane, runLane } from './lane'
import { lineageJob } from './lineage-job'
import { lookJob } from './look-job'
import { roundJob } from './round-job'
import { sampleJob } from './sample-job'
import type { SiteContext, Worth } from './site-context'
import { errorText, type LaneName, SiteHealth } from './site-health'
import { type ImageCount, slowJob } from './slow-job'

const WATCH_MS = 500

export interface SiteRunner {
  /** Resolves after a whole fast round that began after this call. Past `limitMs` it resolves all the same. */
  refresh(limitMs: number): Promise<void>
  readonly done: Promise<void>
}

/** What a runner needs beside the ports: filled in by the poller. */
export interface RunnerInput {
  /** Everything of a context but the way to ask, which a lane brings. */
  readonly context: Omit<SiteContext, 'ask'>
  readonly images: ImageCount | null
  /** A job is over: something may have changed. */
  readonly onWork: () => void
  /** The site fell silent: what is in memory is all there will be for a while. */
  readonly onSilent: () => void
  readonly signal: AbortSignal
}

/**
 * Reads one site, in two lanes with one flight each: the helper's bulk reading, and facts by command. Two, because a
 * dead mgr lets `ceph` and `rbd mirror` commands hang for their whole deadline while the images can be read as ever.
 */
export function runSite({ context, images, onWork, onSilent, signal }: RunnerInput): SiteRunner {
  const { site, clock, log } = context
  const startedAt = clock.now()
  const health = new SiteHealth(startedAt)

  const note = (lane: LaneName, worth: Worth) => {
    if (worth === 'nothing') return health.answeredByHelper(lane)
    if (worth === 'doubt') return health.doubted(lane)
    health.answered(lane, clock.now())
    site.failures = 0
  }

  const contextFor = (lane: LaneName): SiteContext => ({
    ...context,
    async ask(question, worth = () => 'alive') {
      health.begins(lane, clock.now())
      try {
        const answer = await question()
        note(lane, worth(answer))
        return answer
      } catch (error) {
        health.failed(lane, error)
        throw error
      } finally {
        watch()
      }
    },
  })

  const watch = () => {
    const lastOkAt = health.lastOkAt() ?? site.lastOkAt
    const condition = health.condition(clock.now())
    site.lastOkAt = lastOkAt
    site.error = health.error()
    if (condition === site.condition) return
    log.info({ site: site.name, from: site.condition, to: condition, error: site.error }, 'site condition')
    site.condition = condition
    site.silentSince = condition === 'silent' ? (lastOkAt ?? startedAt) : null
    site.changed = true
    if (signal.aborted) return
    if (condition === 'silent') onSilent()
    onWork()
  }

  const fast = contextFor('fast')
  const probe = contextFor('probe')
  const round = roundJob(fast)
  const slow = slowJob(contextFor('slow'), images, () => {
    round.nextAt = Math.min(round.nextAt, clock.now())
    fastLane.wake()
  })
  const jobs: Job[] = [clockJob(fast), sampleJob(fast), round, lookJob(fast), lineageJob(fast)]
  const onError = (job: Job, error: unknown) => {
    site.failures++
    log.warn({ site: site.name, job: job.name, error: errorText(error) }, 'a reading failed')
  }
  const fastLane: Lane = runLane(jobs, clock, signal, { onDone: onWork, onError })
  const slowLane: Lane = runLane([slow], clock, signal, { onDone: onWork, onError })

  const watchdog = async () => {
    while (!signal.aborted) {
      // Not in a lane: they may both be waiting for a pool of ten thousand images.
      if (health.takeProbe(clock.now())) {
        probe.ask(() => context.cluster.rbdPools()).catch(() => undefined)
      }
      watch()
      await clock.sleep(WATCH_MS, signal)
    }
  }

  return {
    async refresh(limitMs) {
      const limit = new AbortController()
      const wanted = round.request()
      slow.soon()
      fastLane.wake()
      slowLane.wake()
      await Promise.race([wanted, clock.sleep(limitMs, limit.signal)])
      limit.abort()
    },
    done: Promise.all([fastLane.done, slowLane.done, watchdog()]).then(() => undefined),
  }
}
