import { z } from 'zod'
import { cloudFaults, isCloudFault, makeCloudFault } from './cloud/cloud-faults'
import type { Clouds } from './cloud/clouds'
import type { Snag, WorldState } from './conditions'
import { darkGroups, linkName } from './conditions'
import { closeClients, estrange, openClient, splitBrain, writeRate } from './image-faults'
import { makeImage } from './make-image'
import type { WorldMemory } from './world-memory'

const site = z.string().min(1)
const image = z.string().regex(/^[^/]+\/[^/]+$/, 'an image is pool/name')
const count = z.coerce.number().int().nonnegative()

/** Everything that can be done to a world from outside, by hand or from a test. */
export const FaultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lose-site'), site }),
  z.object({ kind: z.literal('back'), site }),
  z.object({ kind: z.literal('lose-osds'), site }),
  z.object({ kind: z.literal('osds-back'), site }),
  /** Some placement groups of the pool are served by nobody: headers still answer, and not all data can be read. */
  z.object({ kind: z.literal('pgs-inactive'), site, pool: z.string() }),
  z.object({ kind: z.literal('pgs-active'), site, pool: z.string() }),
  z.object({ kind: z.literal('lose-mgr'), site }),
  z.object({ kind: z.literal('mgr-back'), site }),
  z.object({ kind: z.literal('cut-link'), a: site, b: site }),
  z.object({ kind: z.literal('mend-link'), a: site, b: site }),
  /** Everything in the pool takes `factor` times as long to arrive; 1 is normal. */
  z.object({ kind: z.literal('slow-sync'), pool: z.string(), factor: z.coerce.number().positive() }),
  z.object({ kind: z.literal('stop-daemon'), site }),
  z.object({ kind: z.literal('kill-daemon'), site }),
  z.object({ kind: z.literal('start-daemon'), site }),
  z.object({ kind: z.literal('stop-scheduler'), site }),
  z.object({ kind: z.literal('start-scheduler'), site }),
  z.object({ kind: z.literal('split-brain'), image }),
  /** Its rbd-mirror says split-brain, though nobody forced anything and nothing was written twice. */
  z.object({ kind: z.literal('estrange'), image }),
  z.object({ kind: z.literal('freeze-clock') }),
  z.object({ kind: z.literal('thaw-clock') }),
  /** Silent for the last `silentMs` of every `periodMs`, counted from now. `silentMs` 0 ends it. */
  z.object({ kind: z.literal('flaky-site'), site, periodMs: count, silentMs: count }),
  z.object({ kind: z.literal('open-client'), image, site, entity: z.string().default('client.nova') }),
  /** Everybody who has it open there, or those of one entity. */
  z.object({ kind: z.literal('close-client'), image, site, entity: z.string().nullable().default(null) }),
  z.object({ kind: z.literal('write-rate'), image, site, perSec: z.coerce.number().nonnegative() }),
  /** So many writes at once, acknowledged now. */
  z.object({ kind: z.literal('write'), image, site, writes: count }),
  /** A new image at one site; mirrored from there where a mode is given. */
  z.object({
    kind: z.literal('make-image'),
    image,
    site,
    mode: z.enum(['journal', 'snapshot', 'none']).default('none'),
    sizeBytes: count.default(67_108_864),
    parent: image.nullable().default(null),
  }),
  z.object({
    kind: z.literal('hang-next'),
    pattern: z.string().min(1),
    site: site.nullable().default(null),
    times: count.nullable().default(1),
    forMs: count.nullable().default(null),
    when: z.enum(['before', 'after']).default('before'),
  }),
  z.object({
    kind: z.literal('delay'),
    pattern: z.string().min(1),
    site: site.nullable().default(null),
    times: count.nullable().default(null),
    ms: count,
  }),
  z.object({
    kind: z.literal('fail-next'),
    pattern: z.string().min(1),
    site: site.nullable().default(null),
    times: count.nullable().default(1),
    exit: count.default(5),
    stderr: z.string().default('rbd: (5) Input/output error\n'),
  }),
  ...cloudFaults,
  /** Ends hangs, delays and failures with this pattern; what hangs goes on. No pattern: all of them. */
  z.object({ kind: z.literal('clear'), pattern: z.string().nullable().default(null) }),
])

export type Fault = z.input<typeof FaultSchema>
type Checked = z.output<typeof FaultSchema>

/** Names of all faults, for the command line. */
export const faultKinds: readonly string[] = FaultSchema.options.map((o) => o.shape.kind.value)

/** Does it. Throws where it names a site, a pool or an image that is not there. */
export function applyFault(memory: WorldMemory, clouds: Clouds, fault: Fault): void {
  const asked = FaultSchema.parse(fault)
  checkNames(memory, asked)
  const patch = linePatch(memory, asked) ?? worldPatch(memory, asked) ?? snagPatch(memory, asked)
  if (patch !== null) memory.change(patch)
  if (asked.kind === 'clear') memory.release(asked.pattern)
  if (patch !== null) return
  if (isCloudFault(asked)) makeCloudFault(clouds, asked)
  else imageFault(memory, asked)
}

function worldPatch(memory: WorldMemory, asked: Checked): Partial<WorldState> | null {
  const { state } = memory.conditions
  const now = memory.now()
  switch (asked.kind) {
    case 'slow-sync': {
      const line = state.slow[asked.pool] ?? []
      return { slow: { ...state.slow, [asked.pool]: [...line, { at: now, value: asked.factor }] } }
    }
    case 'freeze-clock':
      return { frozenAt: now }
    case 'thaw-clock':
      return { frozenAt: null }
    case 'flaky-site': {
      const others = state.flaky.filter((f) => f.site !== asked.site)
      const { site: name, periodMs, silentMs } = asked
      return { flaky: silentMs === 0 ? others : [...others, { site: name, periodMs, silentMs, from: now }] }
    }
    default:
      return null
  }
}

function snagPatch(memory: WorldMemory, asked: Checked): Partial<WorldState> | null {
  const { snags } = memory.conditions.state
  const adding = (at: Pick<Snag, 'site' | 'pattern' | 'times'>, effect: Snag['effect']) => {
    const { site: where, pattern, times } = at
    return { snags: [...snags.filter((s) => s.times !== 0), { site: where, pattern, times, effect }] }
  }
  switch (asked.kind) {
    case 'hang-next':
      return adding(asked, { kind: 'hang', forMs: asked.forMs, when: asked.when })
    case 'delay':
      return adding(asked, { kind: 'delay', ms: asked.ms })
    case 'fail-next':
      return adding(asked, { kind: 'fail', exit: asked.exit, stderr: asked.stderr })
    case 'clear':
      return { snags: snags.filter((s) => asked.pattern !== null && s.pattern !== asked.pattern) }
    default:
      return null
  }
}

function imageFault(memory: WorldMemory, asked: Checked): void {
  if (asked.kind === 'split-brain') splitBrain(memory, asked.image)
  if (asked.kind === 'estrange') estrange(memory, asked.image)
  if (asked.kind === 'make-image') makeImage(memory, asked)
  if (asked.kind === 'open-client') openClient(memory, asked.image, asked.site, asked.entity)
  if (asked.kind === 'close-client') closeClients(memory, asked.image, asked.site, asked.entity)
  if (asked.kind === 'write-rate') writeRate(memory, asked.image, asked.site, { perSec: asked.perSec })
  if (asked.kind === 'write') writeRate(memory, asked.image, asked.site, { burst: asked.writes })
}

/** The faults that are a shift of one of the world's lines. */
function linePatch(memory: WorldMemory, asked: Checked): Partial<WorldState> | null {
  const shift = (name: string, value: string): Partial<WorldState> => {
    const { lines } = memory.conditions.state
    const line = lines[name] ?? []
    if ((line.at(-1)?.value ?? 'up') === value) return {}
    return { lines: { ...lines, [name]: [...line, { at: memory.now(), value }] } }
  }
  switch (asked.kind) {
    case 'lose-site':
      return shift(`site ${asked.site}`, 'down')
    case 'back':
      return shift(`site ${asked.site}`, 'up')
    case 'lose-osds':
      return shift(`osd ${asked.site}`, 'down')
    case 'osds-back':
      return shift(`osd ${asked.site}`, 'up')
    case 'pgs-inactive':
      return shift(darkGroups(asked.site, asked.pool), 'down')
    case 'pgs-active':
      return shift(darkGroups(asked.site, asked.pool), 'up')
    case 'lose-mgr':
      return shift(`mgr ${asked.site}`, 'down')
    case 'mgr-back':
      return shift(`mgr ${asked.site}`, 'up')
    case 'cut-link':
      return shift(linkName(asked.a, asked.b), 'cut')
    case 'mend-link':
      return shift(linkName(asked.a, asked.b), 'up')
    case 'stop-daemon':
      return shift(`daemon ${asked.site}`, 'stopped')
    case 'kill-daemon':
      return shift(`daemon ${asked.site}`, 'killed')
    case 'start-daemon':
      return shift(`daemon ${asked.site}`, 'up')
    case 'stop-scheduler':
      return shift(`scheduler ${asked.site}`, 'stopped')
    case 'start-scheduler':
      return shift(`scheduler ${asked.site}`, 'up')
    default:
      return null
  }
}

function checkNames(memory: WorldMemory, asked: Checked): void {
  const known = memory.spec.sites.map((s) => s.name)
  for (const key of ['site', 'a', 'b'] as const) {
    const name = (asked as Record<string, unknown>)[key]
    if (typeof name === 'string' && !known.includes(name))
      throw new Error(`no site ${name}; there are ${known.join(', ')}`)
  }
  if ('pool' in asked && !memory.spec.pools.some((p) => p.name === asked.pool)) throw new Error(`no pool ${asked.pool}`)
}
