import { contextOf } from '@/lib/actions/context-of'
import type { VolumeService } from '@/lib/domain/cloud'
import { AdapterError } from '@/lib/ports/errors'
import { previewCinder, startCinder } from '@/lib/services/cinder-failover'
import { ServiceError } from '@/lib/services/errors'
import type { CinderIntent } from '@/lib/views/cinder-failover'
import type { SetUpPreview } from '@/lib/views/set-up'
import { clouds } from './cloud'
import { pause } from './lab'
import { type LabWorldOptions, labWorld } from './lab-world'
import { bundledWorker, startWorker } from './worker-process'

/** The lab's one backend. Its way back is `default`. */
export const BACKEND = { cloud: 'site-a', host: 'cinder@ceph', target: 'secondary' } as const
const CAN_GO_MS = 240_000

export type CinderLab = Awaited<ReturnType<typeof cinderLab>>

/**
 * The console on the lab and its cloud without a browser: its store, the verbs that its screens call, and its worker, a process
 * of its own that is started apart.
 */
export async function cinderLab(options: Pick<LabWorldOptions, 'recordTo' | 'changesPerCluster'> = {}) {
  const world = await labWorld({ ...options, openstack: { cloud: 'lab', clouds } })
  const file = await bundledWorker()
  const actor = { kind: 'system', name: 'lab test' } as const
  const context = contextOf(world.runtime, world.ports, { store: world.store, actor, role: 'operator' })
  const cloud = world.ports.cloud(BACKEND.cloud)
  if (cloud === null) throw new Error('the lab has no cloud')

  const intentOf = (target: string, more: Partial<CinderIntent> = {}): CinderIntent => ({
    ...{ cloud: BACKEND.cloud, host: BACKEND.host, target, clients: 'wait' as const },
    ...more,
  })
  const preview = (intent: CinderIntent) => previewCinder(intent, context)

  /** The click: what was found is agreed to, and looked at once more by the verb itself. Throws ServiceError. */
  async function start(intent: CinderIntent, seen: Pick<SetUpPreview, 'planHash' | 'typedSite' | 'findings'>) {
    const { runId } = await startCinder(
      {
        ...{ requestId: crypto.randomUUID(), planHash: seen.planHash ?? 'none', typed: seen.typedSite, intent },
        consents: seen.findings.flatMap(({ consent }) => consent ?? []),
      },
      context,
    )
    return runId
  }

  return {
    ...world,
    cloud,
    intentOf,
    preview,
    start,
    /** Looks until nothing is in the way, as whoever presses "Look again". Throws with what was in the way to the last. */
    async untilItCanGo(intent: CinderIntent): Promise<SetUpPreview & { readonly planHash: string }> {
      let said = ''
      for (const end = Date.now() + CAN_GO_MS; Date.now() < end; await pause(1_000)) {
        try {
          const found = await preview(intent)
          const { planHash } = found
          if (planHash !== null) return { ...found, planHash }
          said = found.refusal ?? 'no plan'
        } catch (error) {
          if (!(error instanceof AdapterError)) throw error
          said = error.told
        }
      }
      throw new Error(`the backend could not go to ${intent.target} within ${CAN_GO_MS / 1000} s: ${said}`)
    },
    /** What a start is refused with; null where it was not. */
    async refusalOf(intent: CinderIntent): Promise<string | null> {
      const seen = await preview(intent)
      try {
        await start(intent, seen)
        return null
      } catch (error) {
        if (error instanceof ServiceError) return error.message
        throw error
      }
    },
    /** The backend's row, as Cinder's API tells it. */
    async service(): Promise<VolumeService> {
      const found = (await cloud.volumeServices()).find(({ host }) => host === BACKEND.host)
      if (found === undefined) throw new Error(`there is no ${BACKEND.host}`)
      return found
    },
    /** Whoever starts it ends it. */
    startWorker: () => startWorker(file, world.dir),
  }
}
