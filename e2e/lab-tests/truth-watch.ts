import { clock } from '@/lib/composition/clock'
import { heldUntilOf } from '@/lib/domain/held'
import type { Grade } from '@/lib/domain/verdict-words'
import { createPoller } from '@/lib/poller/poller'
import { imageRow } from '@/lib/read/image-row'
import { pause } from './lab'
import type { LabWorld } from './lab-world'

/** What the store said of an image at a moment, as a screen would show it. */
export interface Said {
  readonly at: number
  readonly image: string
  readonly heldUntilAt: number | null
  readonly grade: Grade
  /** In the set whose journal is sampled at every step. */
  readonly sampled: boolean
}

export interface SiteSaid {
  readonly at: number
  readonly site: string
  readonly condition: string
  /** Newest reading of any of its pools. */
  readonly observedAt: number | null
}

const quiet = { info: () => undefined, warn: () => undefined }
const LOOK_MS = 500

/** The app's poller on both sites, and what its store says, noted twice a second. */
export async function watchTruth(world: LabWorld) {
  const { runtime, ports, store } = world
  const { mirror, cluster, imageCount } = ports
  const poller = createPoller({ config: runtime, mirror, cluster, imageCount, store, clock, log: quiet })
  await poller.start()
  const said: Said[] = []
  const sites: SiteSaid[] = []
  let over = false

  const look = async () => {
    const [images, pools, conditions] = await Promise.all([
      store.selectFrom('images').selectAll().execute(),
      store.selectFrom('pool_readings').selectAll().execute(),
      store.selectFrom('sites').select(['name', 'state']).execute(),
    ])
    const at = Date.now()
    for (const row of images.map((row) => imageRow(row))) {
      const pool = pools.find((one) => one.site === row.primarySite && one.pool === row.pool)
      const times = pool === undefined ? null : { sampledAt: pool.sampled_at, fastSampledAt: pool.fast_sampled_at }
      const { name, grade, sampled } = row
      said.push({
        at,
        image: name,
        heldUntilAt: heldUntilOf({ ...row, untilAt: row.heldUntilAt }, times),
        grade,
        sampled,
      })
    }
    for (const { name, state: condition } of conditions) {
      const read = pools.flatMap((one) => (one.site === name && one.observed_at !== null ? [one.observed_at] : []))
      sites.push({ at, site: name, condition, observedAt: read.length === 0 ? null : Math.max(...read) })
    }
  }
  const loop = (async () => {
    while (!over) {
      await look()
      await pause(LOOK_MS)
    }
  })()

  return {
    said: (image: string): readonly Said[] => said.filter((one) => one.image === image),
    sites: (site: string): readonly SiteSaid[] => sites.filter((one) => one.site === site),
    async stop() {
      over = true
      await loop
      await poller.stop()
    },
  }
}
