import { join } from 'node:path'
import { type DrillOptions, drill, type KillDrill } from './kill-drill'
import { primariesOf } from './lab'
import { labWorld } from './lab-world'
import { actLog, openAt, wrongs } from './recorded'
import { bundledWorker, startWorker } from './worker-process'

/** All that the lab seeds and mirrors: both modes, and a clone with its parent in another pool. */
const DRILLED = [
  ...['vol-journal-1', 'vol-journal-2', 'vol-snap-1', 'vol-snap-2', 'vol-clone-1'].map((name) => `volumes/${name}`),
  'images/img-base-1',
]

/** Bare images, judged by the recorder in the exec prefix, by librbd and by `rbd info`. */
export async function killDrill(options: DrillOptions): Promise<KillDrill> {
  const recordTo = join(process.env.TMPDIR ?? '/tmp', `antipode-recorded-${process.pid}-${options.seed}.log`)
  const world = await labWorld({ recordTo, changesPerCluster: 3 })
  const log = actLog(recordTo)
  const file = await bundledWorker()
  const drilled = {
    ...{ images: DRILLED, log: `${recordTo}.roles`, among: 7 },
    changes: {
      isDue: (since: number, skip: number) =>
        log.read().filter(({ startedAt }) => startedAt > since).length > skip &&
        log.read().some(({ endedAt }) => endedAt === null),
      openAt: (at: number) => openAt(log.read(), at).map(({ site, verb, target }) => `${site}: ${verb} ${target}`),
    },
    startWorker: () => startWorker(file, world.dir),
    begin: (from: string, to: string) => world.begin(from, to, DRILLED),
    hasEnded: world.hasEnded,
    run: world.run,
    async against(since: number, from: string, to: string) {
      const acts = log.read().filter(({ startedAt }) => startedAt >= since)
      return { acts: acts.length, wrongs: [...wrongs(acts, DRILLED, from, to), ...(await wrongPrimaries(DRILLED, to))] }
    },
  }
  try {
    return await drill(drilled, options)
  } finally {
    await world.close()
  }
}

/** Images that are not primary at that site alone, by `rbd info` at both. */
export async function wrongPrimaries(images: readonly string[], to: string): Promise<readonly string[]> {
  const primaries = await Promise.all(images.map(primariesOf))
  return images.flatMap((image, index) => {
    const at = primaries[index] ?? []
    return at.length === 1 && at[0] === to ? [] : [`${image} is primary at ${at.join(' and ') || 'no site'}`]
  })
}
