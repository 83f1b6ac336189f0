import { afterAll, beforeAll, describe } from 'vitest'
import { cloudEstateContract } from './estate-contract'
import { cloudFailoverContract } from './failover-contract'
import { cloudReadsContract } from './reads-contract'
import { cloudRecordsContract } from './records-contract'
import { cloudRefusalsContract } from './refusals-contract'
import { cloudSplitContract } from './split-contract'
import { CloudStage } from './stage'
import type { CloudWorld } from './world'

/** What an OpenStack on two mirrored Ceph sites does, through its ports: held against the lab and against the simulator alike. */
export function cloudContractSuite(name: string, open: () => Promise<CloudWorld>): void {
  describe(name, () => {
    let world: CloudWorld | null = null
    let stage: CloudStage | null = null
    const there = (): CloudStage => {
      if (stage === null) throw new Error('the world did not come up')
      return stage
    }
    beforeAll(async () => {
      world = await open()
      stage = new CloudStage(world)
    })
    afterAll(() => world?.close())

    cloudReadsContract(there)
    cloudEstateContract(there)
    cloudRefusalsContract(there)
    cloudRecordsContract(there)
    cloudFailoverContract(there)
    cloudSplitContract(there)
  })
}
