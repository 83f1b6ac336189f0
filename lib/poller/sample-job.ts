import type { JournalPosition } from '@/lib/domain/journal-position'
import { addSample, furthest, heldInJournal, startsAnew, tailSample, thinned } from '@/lib/domain/journal-tail'
import type { Reading } from '@/lib/domain/reading'
import { type SamplingPlan, samplingPlan } from '@/lib/domain/sampling'
import type { JournalSample } from '@/lib/ports/mirror'
import { breath } from '@/lib/ports/slices'
import { CostMeter } from './cost-meter'
import { evaluate } from './evaluate'
import { type ImageState, sideAt } from './image-state'
import type { Job } from './lane'
import { type SiteContext, worthOf } from './site-context'
import { type PoolState, pairedPoolsOf, type World } from './world'

/** Images in one call: so that the time before the question is close to the time of each reading. */
const PER_CALL = 200
const REPLAN_MS = 15_000
const NO_PLAN: SamplingPlan = { set: [], rest: [], restPerStep: 0, stepMs: 2_000 }

/** Samples the journals of the images that are primary here, within the budget: a set at every step, the rest in turn. */
export function sampleJob(ctx: SiteContext): Job {
  const cost = new CostMeter()
  let plan = NO_PLAN
  let plannedAt = Number.NEGATIVE_INFINITY
  let images = new Map<string, ImageState>()
  let turn = 0

  const replan = async () => {
    images = new Map((await journalsHere(ctx)).map((image) => [image.id, image]))
    plan = samplingPlan([...images.keys()], cost.perImageMs(), ctx.cpuShare)
    const set = new Set(plan.set)
    for (const image of images.values()) image.inSet = set.has(image.id)
    plannedAt = ctx.clock.now()
  }

  const next = (): ImageState[] => {
    const { rest, restPerStep, set } = plan
    const turns = Array.from({ length: Math.min(restPerStep, rest.length) }, () => rest[turn++ % rest.length] as string)
    return [...set, ...turns].flatMap((id) => images.get(id) ?? [])
  }

  return {
    name: 'samples',
    nextAt: 0,
    async run() {
      const startedAt = ctx.clock.now()
      if (startedAt - plannedAt >= REPLAN_MS || images.size === 0) await replan()
      this.nextAt = startedAt + plan.stepMs
      const chosen = next()
      if (chosen.length === 0) return
      const began = ctx.clock.now()
      for (const [pool, some] of chunks(chosen)) await sampleChunk(ctx, pool, some)
      const tookMs = ctx.clock.now() - began
      cost.note(tookMs, chosen.length)
      this.nextAt = startedAt + Math.max(plan.stepMs, 3 * tookMs)
    },
  }
}

/** Strictest objective first; within a pool as they came, so that the set stays what it is. */
async function journalsHere({ world, site }: SiteContext): Promise<ImageState[]> {
  const pools = [...world.pairPools.values()]
    .filter((pool) => pool.pair.split('~').includes(site.name))
    .sort((a, b) => a.objectiveSec - b.objectiveSec || (a.key < b.key ? -1 : 1))
  const found: ImageState[] = []
  for (const pool of pools) {
    for (const image of pool.images.values()) if (isJournalPrimary(image, site.name)) found.push(image)
    await breath()
  }
  return found
}

const isJournalPrimary = (image: ImageState, site: string): boolean => {
  if (image.mode !== 'journal' || image.direction?.primarySite !== site) return false
  const side = sideAt(image, site)
  return side.role === 'primary' && side.imageId !== ''
}

function* chunks(images: readonly ImageState[]): Generator<readonly [string, readonly ImageState[]]> {
  const byPool = new Map<string, ImageState[]>()
  for (const image of images) byPool.set(image.pool, [...(byPool.get(image.pool) ?? []), image])
  for (const [pool, some] of byPool) {
    for (let start = 0; start < some.length; start += PER_CALL) yield [pool, some.slice(start, start + PER_CALL)]
  }
}

async function sampleChunk(ctx: SiteContext, pool: string, images: readonly ImageState[]): Promise<void> {
  const { site } = ctx
  const states = new Map(pairedPoolsOf(ctx.world, site.name).map((state) => [`${state.pair}/${state.pool}`, state]))
  const askedAt = ctx.clock.now()
  const ids = images.map((image) => sideAt(image, site.name).imageId)
  const samples = await ctx.ask(() => ctx.mirror.journalSamples(pool, ids), worthOf)
  const cameAt = ctx.clock.now()
  for (const [index, image] of images.entries()) {
    const sample = samples[index]
    const state = states.get(`${image.pair}/${image.pool}`)
    // It may have changed hands while we waited.
    if (sample === undefined || state === undefined || sideAt(image, site.name).imageId !== ids[index]) continue
    if (isJournalPrimary(image, site.name)) takeSample(ctx.world, image, state, sample, askedAt, cameAt)
  }
  await breath()
}

/** Takes one sample of an image's journal into memory. `askedAt` and `cameAt` by the console's clock. */
export function takeSample(
  world: World,
  image: ImageState,
  state: PoolState,
  reading: Reading<JournalSample>,
  askedAt: number,
  cameAt: number,
): void {
  state.sampled = true
  image.sampleFailed = reading.kind === 'unknown'
  // One that cannot be sampled must not hold back the time of all the others.
  if (reading.kind === 'unknown') {
    evaluate(world, image, cameAt)
    return
  }
  const { clients, tail, keptBytes } = reading.value
  if (keptBytes !== null) image.journalBytes = keptBytes
  const own = clients.find((client) => client.id === '')?.position ?? null
  const sample = tailSample(askedAt, tail, own)
  if (startsAnew(image.tails, sample)) {
    image.position = null
    image.tailsSince = askedAt
  } else if (image.tails.samples.length === 0) {
    image.tailsSince = askedAt
  }
  image.position = furthest(image.position, copyPosition(clients, state.peerUuid))
  image.tails = addSample(image.tails, sample)
  const heldAt = heldInJournal(image.tails, image.position)?.untilAt ?? null
  image.tails = thinned(image.tails, heldAt, askedAt)
  image.sampledAt = askedAt
  evaluate(world, image, cameAt)
}

/** The copy's client bears the mirror uuid of its site; before that is known, the only other client is the copy. */
function copyPosition(clients: JournalSample['clients'], peerUuid: string): JournalPosition | null {
  const named = clients.find((client) => client.id !== '' && client.id === peerUuid)
  if (named !== undefined) return named.position
  const others = clients.filter((client) => client.id !== '')
  return peerUuid === '' && others.length === 1 ? (others[0]?.position ?? null) : null
}
