import type { Clock } from '@/lib/ports/clock'
import { breath } from '@/lib/ports/slices'
import type { Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import { type InventoryBatch, writeInventory } from '@/lib/store/inventory-write'
import type { ImageState } from './image-state'
import { markRows, readingRow, sampleRows, siteRow } from './rows'
import { advanceSampleTimes } from './sample-times'
import type { PollerLog } from './site-context'
import { Waker } from './waker'
import type { World } from './world'

/** Not more often: a topic is announced at most once a second, and a write costs a sync of the disk. */
const GAP_MS = 1_000
/** Samples are kept for images that are behind by more than this, and no more often than this. */
const SAMPLES_EVERY_MS = 30_000
const SLICE = 2_000
const IDLE_MS = 60_000

export interface Saver {
  /** Something may have changed; it is written within a second or so. */
  nudge(): void
  /** Writes all there is now, samples of images that are not caught up included. For silence and for the end. */
  flushAll(): Promise<void>
  flushNow(): Promise<void>
  readonly done: Promise<void>
}

/** Writes what changed in memory to the store; one writing at a time. */
export function createSaver(world: World, store: Store, clock: Clock, log: PollerLog, signal: AbortSignal): Saver {
  const waker = new Waker(clock, signal)
  let wanted = false
  let writing: Promise<void> = Promise.resolve()

  const flush = (everySample: boolean): Promise<void> => {
    writing = writing.then(() => write(world, store, clock, log, everySample))
    return writing
  }

  const loop = async () => {
    while (!signal.aborted) {
      if (wanted) {
        wanted = false
        await flush(false)
        await clock.sleep(GAP_MS, signal)
      } else {
        await waker.sleep(IDLE_MS)
      }
    }
  }

  return {
    nudge() {
      wanted = true
      waker.wake()
    },
    async flushAll() {
      for (const pool of world.pairPools.values()) {
        for (const image of pool.images.values()) if (keepsSamples(image, 0, true)) world.dirty.add(image)
      }
      await flush(true)
    },
    flushNow: () => flush(false),
    done: loop(),
  }
}

interface Taken {
  readonly image: ImageState
  readonly stored: ImagesTable | null
}

async function write(world: World, store: Store, clock: Clock, log: PollerLog, everySample: boolean): Promise<void> {
  const nowMs = clock.now()
  const taken: Taken[] = []
  const removed = [...world.removed]
  world.removed.clear()
  const batch = await collect(world, nowMs, everySample, taken)
  await advanceSampleTimes(world)
  const sites = [...world.sites.values()].filter((site) => site.changed)
  const states = [...world.poolStates.values()].filter((state) => state.changed || state.ticked)
  const topics = new Set([...sites.map((site) => site.name), ...states.filter((s) => s.changed).map((s) => s.site)])
  for (const site of sites) site.changed = false
  for (const state of states) {
    state.changed = false
    state.ticked = false
  }
  const pools = new Set(taken.map(({ image }) => `pool:${image.pair}/${image.pool}`))
  const whole: InventoryBatch = {
    ...batch,
    removed,
    readings: states.map(readingRow),
    sites: sites.map(siteRow),
    topics: [...[...topics].map((name) => `site:${name}`), ...pools, ...removed.map(poolTopic)],
  }
  try {
    await writeInventory(store, whole, nowMs)
  } catch (error) {
    log.warn({ error: String(error) }, 'the inventory could not be written; it is tried again')
    for (const { image, stored } of taken) {
      image.stored = stored
      image.marksSaved = null
      world.dirty.add(image)
    }
    for (const id of removed) world.removed.add(id)
    for (const site of sites) site.changed = true
    for (const state of states) state.changed = true
  }
}

/** Takes the rows and the evidence that are to be written, as they are now. */
async function collect(world: World, nowMs: number, everySample: boolean, taken: Taken[]) {
  const images: ImagesTable[] = []
  const marks: InventoryBatch['marks'][number][] = []
  const samples: InventoryBatch['samples'][number][] = []
  const dirty = [...world.dirty]
  world.dirty.clear()
  for (const [index, image] of dirty.entries()) {
    if (index % SLICE === SLICE - 1) await breath()
    taken.push({ image, stored: image.stored })
    if (image.row !== null && image.row !== image.stored) images.push(image.row)
    image.stored = image.row
    if (image.marks !== null && image.marks.points !== image.marksSaved) {
      marks.push(markRows(image))
      image.marksSaved = image.marks.points
    }
    if (keepsSamples(image, nowMs, everySample)) {
      samples.push(sampleRows(image))
      image.tailsSavedAt = nowMs
    }
  }
  return { images, marks, samples }
}

/**
 * A caught-up image needs no stored sample: what it holds is in its row. One that is behind needs them, so that after a
 * restart in the middle of a silence a commit position can still be told in time.
 */
function keepsSamples(image: ImageState, nowMs: number, everySample: boolean): boolean {
  if (image.mode !== 'journal' || image.tails.samples.length === 0) return false
  if (everySample) return image.held?.caughtUp !== true && image.tailsSavedAt < image.sampledAt
  const behindMs = nowMs - (image.held?.untilAt ?? 0)
  return behindMs > SAMPLES_EVERY_MS && nowMs - image.tailsSavedAt > SAMPLES_EVERY_MS
}

/** `pair/pool/namespace/globalId` is of the pool `pair/pool`. */
const poolTopic = (imageId: string): string => `pool:${imageId.split('/').slice(0, 2).join('/')}`
