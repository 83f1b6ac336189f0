import { afterAll, beforeAll, describe } from 'vitest'
import { changesContract } from './changes-contract'
import { evidenceContract } from './evidence-contract'
import { foundContract } from './found-contract'
import { helperContract } from './helper-contract'
import { hollowContract } from './hollow-contract'
import { keepContract } from './keep-contract'
import { readsContract } from './reads-contract'
import { refusalsContract } from './refusals-contract'
import { schedulesContract } from './schedules-contract'
import { setupContract } from './setup-contract'
import { setupImagesContract } from './setup-images-contract'
import { silentLossContract } from './silent-loss-contract'
import { splitBrainContract } from './split-brain-contract'
import { Stage } from './stage'
import { statusesContract } from './statuses-contract'
import { switchContract } from './switch-contract'
import type { ContractWorld } from './world'

const WANTED = { journal: 6, snapshot: 8, plain: 5, spare: 2 }

/**
 * What two mirrored Ceph sites do, through a channel: held against the lab and against the simulator alike. Runs top
 * down on one set of images; a part leaves those of the others alone.
 */
export function contractSuite(name: string, open: () => Promise<ContractWorld>): void {
  describe(name, () => {
    let stage: Stage | null = null
    let world: ContractWorld | null = null
    const there = (): Stage => {
      if (stage === null) throw new Error('the world did not come up')
      return stage
    }
    beforeAll(async () => {
      world = await open()
      stage = new Stage(world, await world.makeImages(WANTED))
    }, 180_000)
    afterAll(() => world?.close(), 60_000)

    statusesContract(there)
    helperContract(there)
    readsContract(there)
    refusalsContract(there)
    changesContract(there)
    schedulesContract(there)
    switchContract(there)
    splitBrainContract(there)
    evidenceContract(there)
    foundContract(there)
    keepContract(there)
    setupContract(there)
    setupImagesContract(there)
    hollowContract(there)
    // Last: it stops a site's rbd-mirror.
    silentLossContract(there)
  })
}
