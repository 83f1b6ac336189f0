import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { conf, lab, pause, until } from './lab'
import { labWorld } from './lab-world'
import { type Said, watchTruth } from './truth-watch'
import { startWriter, type Verified, type Writer } from './writer'

const run = promisify(execFile)

export const JOURNALS = ['vol-journal-1', 'vol-journal-2']
export const SNAPSHOTS = ['vol-snap-1', 'vol-snap-2']
const IMAGES = [...JOURNALS, ...SNAPSHOTS]
/** How long the claims are watched after the loss. */
const AFTER_MS = 18_000
/** Stated with the result: the poller knows wall time alone, so that other people's load makes the set smaller. */
export const SAMPLING_PERCENT = 50

export interface ImageTruth {
  readonly image: string
  readonly mode: 'journal' | 'snapshot'
  readonly sampled: boolean
  readonly grade: string
  /** Acknowledged and not at the copy: from the acknowledgement of the first lost block to the last one of all. */
  readonly lostSec: number
  readonly lostBlocks: number
  /** From the newest stamp found at the copy: larger by the pause in which nothing was written. */
  readonly sinceNewestStampSec: number
  /** What the store claimed at the moment of the last acknowledged write. */
  readonly claimSec: number
  readonly tooLargeBySec: number
  /** The least of (claim − loss) in all looks from then on; never below 0. */
  readonly leastMarginSec: number
  /** The claim in the last look, what it grew by since the first after the loss, and the time between the two. */
  readonly lastClaimSec: number
  readonly grewSec: number
  readonly watchedSec: number
}

export interface TruthRound {
  readonly lostAt: string
  /** From the kill until the site was called silent. */
  readonly silentAfterSec: number | null
  /** The other site's oldest reading at any look after the kill. */
  readonly otherSiteOldestSec: number
  readonly images: readonly ImageTruth[]
}

/** Site A is killed while clients stamp their clock into its images; what was claimed is held against what was lost. */
export async function truthRound(waitMs: number): Promise<TruthRound> {
  const world = await labWorld({ samplingPercent: SAMPLING_PERCENT })
  const writer = await startWriter({ site: 'site-a', images: IMAGES, intervalMs: 100, region: '8M' })
  const began = Date.now()
  const watch = await watchTruth(world)
  try {
    // Every figure measured, the snapshots' by one that was made under the writer.
    await until(() =>
      IMAGES.every((image) => isMeasured(watch.said(image).at(-1), SNAPSHOTS.includes(image) ? began : 0)),
    )
    // The rest of the wait puts the loss at any moment of the schedule's minute.
    await pause(waitMs)
    const askedAt = Date.now()
    await lab('lose', 'site-a', '--kill')
    const killedAt = Date.now()
    await pause(AFTER_MS)
    await watch.stop()
    writer.kill()
    const found = await readCopies(writer)
    const lostAt = Math.max(...writer.lines().map(({ ack }) => ack ?? 0))
    if (lostAt < askedAt - 2_000 || lostAt > killedAt)
      throw new Error('the writer did not write until the site was killed')
    const silent = watch.sites('site-a').find(({ at, condition }) => at > askedAt && condition === 'silent')
    const other = watch.sites('site-b').filter(({ at }) => at > killedAt)
    return {
      lostAt: new Date(lostAt).toISOString(),
      silentAfterSec: silent === undefined ? null : sec(silent.at - killedAt),
      otherSiteOldestSec: sec(Math.max(...other.map(({ at, observedAt }) => at - (observedAt ?? 0)))),
      images: found.map((one) => truthOf(one, watch.said(one.image), lostAt)),
    }
  } finally {
    writer.kill()
    await watch.stop()
    await world.close()
  }
}

/** To the millisecond: a claim that is too small by a hair is too small. */
const sec = (ms: number): number => Math.floor(ms) / 1000

const isMeasured = (said: Said | undefined, after: number): boolean =>
  said !== undefined && said.grade === 'measured' && (said.heldUntilAt ?? 0) > after

function truthOf(found: Verified, said: readonly Said[], lostAt: number): ImageTruth {
  const atLoss = said.findLast(({ at }) => at <= lostAt)
  const after = said.filter(({ at }) => at > lostAt)
  const [first] = after
  const last = after.at(-1)
  if (atLoss?.heldUntilAt == null || first?.heldUntilAt == null || last?.heldUntilAt == null)
    throw new Error(`nothing was claimed of ${found.image}`)
  if (found.lossSec === null) throw new Error(`${found.image} is empty at the copy`)
  const lostSec = found.lostFromAck === null ? 0 : (lostAt - found.lostFromAck) / 1000
  const claimSec = (lostAt - atLoss.heldUntilAt) / 1000
  // Where something was lost no later claim may lie after it, though by then more time has passed.
  const margins = after.map(
    ({ at, heldUntilAt }) => ((found.missing > 0 ? lostAt : at) - (heldUntilAt ?? 0)) / 1000 - lostSec,
  )
  return {
    image: found.image,
    mode: JOURNALS.includes(found.image) ? 'journal' : 'snapshot',
    sampled: atLoss.sampled,
    grade: atLoss.grade,
    lostSec: sec(lostSec * 1000),
    lostBlocks: found.missing,
    sinceNewestStampSec: sec(found.lossSec * 1000),
    claimSec: sec(claimSec * 1000),
    tooLargeBySec: sec((claimSec - lostSec) * 1000),
    leastMarginSec: sec(Math.min(claimSec - lostSec, ...margins) * 1000),
    lastClaimSec: sec(last.at - last.heldUntilAt),
    grewSec: sec(last.at - last.heldUntilAt - (first.at - first.heldUntilAt)),
    watchedSec: sec(last.at - first.at),
  }
}

/** What the copies hold once they are promoted by force: only that rolls a half-copied snapshot back. */
async function readCopies(writer: Writer): Promise<readonly Verified[]> {
  // It may hang on the dead site, and hold the copies' locks meanwhile.
  await lab('mirror-stop', 'site-b', '--kill')
  for (const image of IMAGES) {
    const limits = ['--client_mount_timeout=10', '--rados_mon_op_timeout=10']
    await run('rbd', ['-c', conf('site-b'), ...limits, 'mirror', 'image', 'promote', '--force', `volumes/${image}`])
  }
  return writer.verify('site-b')
}

/** Both sites as they were, the images made anew where a promotion by force has parted them. */
export async function restoreSites(): Promise<void> {
  await lab('back', 'site-a')
  await lab('mirror-start', 'site-b')
  await lab('reset')
  await lab('wait')
}
