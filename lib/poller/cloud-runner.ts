import { BESIDES, CLOUD_KINDS } from '@/lib/domain/cloud-age'
import type { SiteName } from '@/lib/domain/words'
import type { CloudContext } from './cloud-context'
import { groupKeeper } from './cloud-groups'
import { CloudHealth, type CloudLane } from './cloud-health'
import { cloudManyJob } from './cloud-many-job'
import { renewObjectives } from './cloud-objectives'
import { renewOrphans } from './cloud-orphans'
import { cloudQuickJob, cloudUsersJob } from './cloud-quick-job'
import { cloudSaver } from './cloud-saver'
import { type Job, runLane } from './lane'
import { errorText } from './site-health'

const WATCH_MS = 1_000
/** What follows from a cloud follows from its clusters too, and they are read at a pace of their own. */
const REPORT_MS = 15_000

export interface CloudRunner {
  /** Something was changed there: it is read soon, but a big cloud not all the time. */
  soon(): void
  readonly done: Promise<void>
}

interface CloudRunnerInput {
  /** Everything of a context but the way to ask, which a lane brings. */
  readonly context: Omit<CloudContext, 'ask'>
  /** Objectives may have changed rows of images. */
  readonly onWork: () => void
  readonly signal: AbortSignal
}

/**
 * Reads one cloud, in lanes of its own: a Keystone that is dead must never hold up what is read of Ceph, and a hundred
 * thousand volumes not what is read of services.
 */
export function runCloud({ context, onWork, signal }: CloudRunnerInput): CloudRunner {
  const { world, state, store, clock, log } = context
  const startedAt = clock.now()
  const health = new CloudHealth(startedAt)
  const saver = cloudSaver(world, state, store, clock, log)
  const groups = groupKeeper(state, store, clock, log)

  const watch = (): boolean => {
    const complete = CLOUD_KINDS.every((kind) => BESIDES.has(kind) || state.readings[kind].error === '')
    const condition = health.condition(clock.now(), complete ? 'complete' : 'in part')
    state.lastOkAt = health.answeredAt() ?? state.lastOkAt
    state.error = health.error() || firstError()
    if (condition === state.condition) return false
    log.info({ site: state.site, from: state.condition, to: condition, error: state.error }, 'cloud condition')
    state.condition = condition
    state.silentSince = condition === 'silent' ? (state.lastOkAt ?? startedAt) : null
    return true
  }

  const firstError = () => {
    const kind = CLOUD_KINDS.find((one) => !BESIDES.has(one) && state.readings[one].error !== '')
    return kind === undefined ? '' : `${kind}: ${state.readings[kind].error}`
  }

  const contextFor = (lane: CloudLane): CloudContext => ({
    ...context,
    async ask(question) {
      health.begins(lane, clock.now())
      try {
        const answer = await question()
        health.answered(lane, clock.now())
        return answer
      } catch (error) {
        health.failed(lane, error)
        throw error
      } finally {
        watch()
      }
    },
  })

  const onManyRead = async (changed: boolean) => {
    await groups.look(changed ? 'volumes changed' : 'as they were')
    await renewObjectives(world, state, clock.now())
    await renewOrphans(world, state)
    await saver.save(changed ? 'volumes changed' : 'as they were')
    onWork()
  }

  const quickContext = contextFor('quick')
  const quick = cloudQuickJob(quickContext, () => saver.save('as they were'))
  const users = cloudUsersJob(quickContext, () => sitesOf(context))
  const many = cloudManyJob(contextFor('many'), onManyRead)
  const hooks = {
    onDone: () => undefined,
    onError: (job: Job, error: unknown) =>
      log.warn({ site: state.site, job: job.name, error: errorText(error) }, 'a reading of a cloud failed'),
  }
  const quickLane = runLane([quick], clock, signal, hooks)
  const manyLane = runLane([many], clock, signal, hooks)
  // Asked of the clusters: of no matter to what the cloud answers.
  const usersLane = runLane([users], clock, signal, hooks)

  const watchdog = async () => {
    let reportedAt = clock.now()
    while (!signal.aborted) {
      const began = clock.now()
      if (watch() || began - reportedAt >= REPORT_MS) {
        if (await groups.look('as they were')) {
          await renewObjectives(world, state, clock.now())
          onWork()
        }
        await saver.save('as they were')
        // Never more than a tenth of the time for what may be a hundred thousand volumes.
        reportedAt = clock.now() + 9 * (clock.now() - began)
      }
      await clock.sleep(WATCH_MS, signal)
    }
  }

  return {
    soon() {
      quick.nextAt = Math.min(quick.nextAt, clock.now())
      const { observedAt, tookMs } = state.readings.volumes
      many.nextAt = Math.min(many.nextAt, Math.max(clock.now(), (observedAt ?? 0) + 3 * (tookMs ?? 0)))
      quickLane.wake()
      manyLane.wake()
    },
    done: Promise.all([quickLane.done, manyLane.done, usersLane.done, watchdog()]).then(() => undefined),
  }
}

/** The site of the cloud, and those that its backends may be at. */
function sitesOf({ state, world }: Omit<CloudContext, 'ask'>): SiteName[] {
  const places = (state.report?.backends ?? []).map(({ place }) => place)
  const names = new Set([state.site, ...places.flatMap(({ targets }) => targets.flatMap(({ site }) => site ?? []))])
  return [...names].filter((name) => {
    const condition = world.sites.get(name)?.condition
    return condition === 'ok' || condition === 'failing'
  })
}
