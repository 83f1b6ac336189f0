import { clock } from '@/lib/composition/clock'
import { isGone, ownHandle } from '@/lib/composition/process-life'
import type { SiteName } from '@/lib/domain/words'
import { createEngine } from '@/lib/engine/engine'
import { limiter } from '@/lib/engine/limiter'
import type { MirrorPort } from '@/lib/ports/mirror'
import { runJournal } from '@/lib/store/run-journal'
import { labWorld } from './lab-world'

export type EngineWorld = Awaited<ReturnType<typeof engineWorld>>

type Mirror = (site: SiteName) => MirrorPort

/** The engine on the two real clusters, in this process, without web and poller. `around`: what the engine is given of them. */
export async function engineWorld(around: (mirror: Mirror) => Mirror = (mirror) => mirror, changesPerCluster = 8) {
  const world = await labWorld({ changesPerCluster })
  const engine = createEngine({
    journal: runJournal(world.store, clock),
    clock,
    worker: { owner: 'lab', host: 'lab', process: ownHandle() },
    mirror: around(world.mirror),
    limiter: limiter(changesPerCluster),
    isGone,
    newAttemptId: () => crypto.randomUUID(),
    leaseMs: 15_000,
    softDeadlineMs: 120_000,
    lookEveryMs: [200, 1_000],
    retryMs: [500, 4_000],
    log: (level, text) => level === 'error' && console.error(text),
  })
  engine.start()
  return {
    ...world,
    async close() {
      await engine.stop()
      await world.close()
    },
  }
}
