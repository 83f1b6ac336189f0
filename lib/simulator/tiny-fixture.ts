import type { CommandResult } from '@/lib/ports/channel'
import type { HelperResult } from '@/lib/ports/helper-protocol'
import type { Fault } from './faults'
import { type ManualClock, manualClock } from './manual-clock'
import { smallWorld } from './small-world'
import { REAL_TIMINGS, type Timings } from './spec'
import { lostWrites, type Truth } from './truth'
import { createWorld, type World } from './world'

export const NINE = Date.UTC(2026, 10, 21, 9)

type Row = HelperResult<'mirror.statuses'>['images'][number]
type Item = HelperResult<'images.lineage'>['images'][number]

/** The small world on a clock that the test moves, with the words that tests say to it. */
export interface Scene {
  readonly world: World
  readonly clock: ManualClock
  /** A command line; its delay passes. */
  run(site: string, line: string): Promise<CommandResult>
  fault(fault: Fault): void
  row(site: string, name: string): Promise<Row>
  lineage(site: string, name: string): Promise<Extract<Item, { ok: unknown }>['ok'] | null>
  truth(name: string): Truth
  /** Writes that site A acknowledged and site B lacks. */
  lost(name: string): number
}

/** At the lab's pace, commands answering at once, unless `timings` says otherwise. */
export function scene(timings: Partial<Timings> = {}): Scene {
  const clock = manualClock(NINE)
  const world = createWorld({ clock, spec: smallWorld({ ...REAL_TIMINGS, commandScale: 0, ...timings }) })
  return {
    world,
    clock,
    run: (site, line) => world.command(site, line.split(' ')),
    fault: (fault) => world.fault(fault),
    async row(site, name) {
      const { images } = await world.call(site, 'mirror.statuses', { pool: 'volumes', namespace: '' })
      const row = images.find((image) => image.name === name)
      if (row === undefined) throw new Error(`${name} has no row at ${site}`)
      return row
    },
    async lineage(site, name) {
      const spec = { pool: 'volumes', namespace: '', name }
      const [item] = (await world.call(site, 'images.lineage', { images: [spec] })).images
      return item !== undefined && 'ok' in item ? item.ok : null
    },
    truth: (name) => world.truth('volumes', name),
    lost(name) {
      const { 'site-a': a, 'site-b': b } = world.truth('volumes', name)
      if (a === undefined || b === undefined) throw new Error(`${name} is not at both sites`)
      return lostWrites(a, b)
    },
  }
}
