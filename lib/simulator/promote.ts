import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { contentAt } from './follow-journal'
import { primarySnap } from './follow-snapshot'
import { type Copy, type Held, type ImageState, standing, type Turn, type WriteRun } from './image-state'
import { librbd, noSuchImage, notEnabled, type Outcome, refused } from './outcome'

/**
 * `rbd mirror image promote`. `image` is worked out for now. Checks what Ceph checks and no more (PromoteRequest): a
 * copy whose newest mirror snapshot or journal tag is a demotion is promoted without a word, though the peer may have
 * written since (ceph-facts 1).
 */
export function promote(
  conditions: Conditions,
  image: ImageState,
  site: SiteName,
  turnId: string,
  force: 'plain' | 'force',
): Outcome {
  const t = image.at
  const copy = image.copies[site]
  if (copy === undefined) return noSuchImage(image.name)
  if (copy.mode === null) return notEnabled()
  const stands = standing(copy)
  const no = (exit: number, text: string) =>
    refused(
      exit,
      `${librbd(t, 'mirror::PromoteRequest', `0x7fb9f8012b90 handle_get_info: ${text}`)}rbd: error promoting image to primary\n${librbd(t, 'api::Mirror', 'image_promote: failed to promote image')}`,
    )
  if (stands === 'primary') return no(22, 'image is already primary')
  if (stands === 'non-primary' && force === 'plain') {
    return no(16, 'image is primary within a remote cluster or demotion is not propagated yet')
  }
  const rolled = rolledBack(conditions, image, site, copy)
  if (rolled === null) return no(22, 'cannot rollback')
  const turn: Turn = { id: turnId, site, end: 'open', from: t, until: null, forced: stands !== 'orphan' }
  const promoted: Copy = {
    ...copy,
    history: [...ended(copy.history, stands === 'orphan' && rolled.whole), turn],
    held: [...rolled.held, { turn: turnId, writes: 0, lastAt: null }],
    runs: workload(conditions, image, t),
    snaps: copy.mode === 'snapshot' ? promotedSnaps(conditions, rolled.snaps, stands === 'orphan', t) : [],
    tag: { id: copy.tag.id + 1, owner: '', before: copy.tag.owner },
    copying: null,
    resyncAt: null,
    changedAt: t,
  }
  return {
    exit: 0,
    stdout: 'Image promoted to primary\n',
    stderr: '',
    changed: { ...image, copies: { ...image.copies, [site]: promoted } },
  }
}

/** The workload finds its image again where the world says so; otherwise nobody writes until a test does. */
function workload(conditions: Conditions, image: ImageState, t: number): WriteRun[] {
  const nobody = { from: t, perSec: 0, burst: 0 }
  const follows = conditions.timings.workloadFollowsMs
  return follows === null ? [nobody] : [nobody, { from: t + follows, perSec: image.writesPerSec, burst: 0 }]
}

/** A promotion that did not wait for the end of the other's turn cuts it. */
function ended(history: readonly Turn[], clean: boolean): readonly Turn[] {
  const last = history.at(-1)
  if (clean || last === undefined) return history
  return [...history.slice(0, -1), { ...last, end: 'cut' }]
}

/** Half-copied snapshots are rolled back to the newest whole one; null where there is none. */
function rolledBack(
  conditions: Conditions,
  image: ImageState,
  site: SiteName,
  copy: Copy,
): { snaps: readonly Copy['snaps'][number][]; held: readonly Held[]; whole: boolean } | null {
  if (copy.copying !== null) return null
  if (copy.mode === 'journal' || copy.snaps.at(-1)?.complete === true) {
    return { snaps: copy.snaps, held: copy.held, whole: true }
  }
  const newest = copy.snaps.findLast((snap) => snap.complete)
  if (newest === undefined) return null
  const snaps = copy.snaps.slice(0, copy.snaps.indexOf(newest) + 1)
  const source = image.sites.find((name) => name !== site)
  const other = source === undefined ? undefined : image.copies[source]
  const sameTurn = other !== undefined && copy.history.at(-1)?.id === other.history.at(-1)?.id
  const held = source !== undefined && sameTurn ? contentAt(conditions, source, other, newest.contentAt) : copy.held
  return { snaps, held, whole: false }
}

function promotedSnaps(
  conditions: Conditions,
  snaps: readonly Copy['snaps'][number][],
  clean: boolean,
  t: number,
): Copy['snaps'] {
  const newest = snaps.at(-1)
  const first = primarySnap(conditions, t, 'primary', newest?.id ?? 0)
  // By force what it had copied is dropped: its mirror snapshots no longer say what it held (ceph-facts 36).
  return clean ? [...snaps, first] : [first]
}
