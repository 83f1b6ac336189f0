import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FakeConsole } from './fake-console'
import { TruthModel } from './truth-model'

const op = fc.oneof(
  { weight: 6, arbitrary: fc.constant('write' as const) },
  { weight: 5, arbitrary: fc.constant('replicate' as const) },
  { weight: 3, arbitrary: fc.constant('part' as const) },
  { weight: 4, arbitrary: fc.constant('commit' as const) },
  { weight: 3, arbitrary: fc.constant('snapshot' as const) },
  { weight: 1, arbitrary: fc.constant('resync' as const) },
  { weight: 1, arbitrary: fc.constant('change' as const) },
  { weight: 1, arbitrary: fc.constant('force' as const) },
  { weight: 1, arbitrary: fc.constant('mend' as const) },
  { weight: 1, arbitrary: fc.constant('east dies' as const) },
  { weight: 1, arbitrary: fc.constant('east is back' as const) },
  { weight: 1, arbitrary: fc.constant('link is cut' as const) },
  { weight: 1, arbitrary: fc.constant('link is mended' as const) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
)
const step = fc.record({ op, waitMs: fc.integer({ min: 100, max: 9_000 }) })

async function play(world: FakeConsole, model: TruthModel, name: string): Promise<void> {
  switch (name) {
    case 'replicate':
      return model.replicate()
    case 'part':
      return model.replicate(0.4)
    case 'commit':
      return model.commit()
    case 'snapshot':
      return model.snapshot()
    case 'resync':
      return model.resync(25_000)
    case 'change':
      return model.change()
    case 'force':
      return model.force()
    case 'mend':
      return model.mend(25_000)
    case 'east dies':
      world.east.dead = true
      return
    case 'east is back':
      world.east.dead = false
      return
    case 'link is cut':
      return model.cut()
    case 'link is mended':
      return model.mendLink()
    case 'restart':
      return world.restart(0)
    default:
      return model.write()
  }
}

/** A round at each site, the writing, and the jitter. */
const READ_AGAIN_MS = 8_000
const RUNS = Number(process.env.TRUTH_RUNS ?? 15)

test.each(['journal', 'snapshot'] as const)(
  'whatever happens to an image in %s mode, a claim never hides a write that the copy does not hold',
  async (mode) => {
    let claims = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const world = new FakeConsole()
        const model = new TruthModel(world.clock, world.sites, mode)
        await world.start(7_000)
        const played: string[] = []
        for (const { op: name, waitMs } of steps) {
          await play(world, model, name)
          played.push(`${name} +${waitMs}`)
          model.settle()
          model.publish()
          await world.clock.advance(waitMs)
          const knowable = model.knowable(waitMs, READ_AGAIN_MS)
          const [row] = await world.rows()
          if (row?.primary_site == null || !knowable) continue
          const ageSec = await world.exposure('img')
          if (ageSec === null) continue
          claims++
          const heldUntilAt = world.clock.now() - ageSec * 1000
          const hidden = model.hidden(row.primary_site, heldUntilAt)
          expect(hidden, `${played.slice(-12).join(', ')}: ${row.held_text} (${row.held_grade})`).toBeNull()
        }
        await world.end()
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
    expect(claims).toBeGreaterThan(RUNS * 2)
  },
  600_000,
)
