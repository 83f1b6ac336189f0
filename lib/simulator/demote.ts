import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { primarySnap } from './follow-snapshot'
import { type Copy, type ImageState, ownTurn, standing, type Turn } from './image-state'
import { librbd, noSuchImage, notEnabled, type Outcome, refused } from './outcome'
import { heldAt } from './writes'

/** The line of the world that says whether a client keeps the lock of the image at the site to itself. */
export const heldOpen = (site: SiteName, spec: string): string => `held ${site}/${spec}`

/** `rbd mirror image demote`: ends the turn; in snapshot mode with a last mirror snapshot, in journal mode with a tag. */
export function demote(conditions: Conditions, image: ImageState, site: SiteName): Outcome {
  const t = image.at
  const copy = image.copies[site]
  if (copy === undefined) return noSuchImage(image.name)
  if (copy.mode === null) return notEnabled()
  if (standing(copy) !== 'primary') {
    return refused(
      22,
      `${librbd(t, 'mirror::DemoteRequest', '0x7fcfd80033c0 handle_get_info: image is not primary')}rbd: error demoting image to non-primary\n${librbd(t, 'api::Mirror', 'image_demote: failed to demote image')}`,
    )
  }
  if (conditions.valueAt(heldOpen(site, `${image.pool}/${image.name}`), t) !== 'up') {
    return refused(
      30,
      `${librbd(t, 'mirror::DemoteRequest', '0x7fcfd80033c0 handle_acquire_lock: failed to lock image: (30) Read-only file system')}rbd: error demoting image to non-primary\n${librbd(t, 'api::Mirror', 'image_demote: failed to demote image')}`,
    )
  }
  const turn = ownTurn(copy, site)
  const closed: Turn[] = turn === null ? [] : [{ ...turn, end: 'ended', until: t }]
  const demoted: Copy = {
    ...copy,
    history: [...copy.history.slice(0, closed.length === 0 ? undefined : -1), ...closed],
    held: heldAt(conditions, site, copy, t),
    runs: [...copy.runs, { from: t, perSec: 0, burst: 0 }],
    snaps:
      copy.mode === 'snapshot'
        ? [...copy.snaps, primarySnap(conditions, t, 'primary_demoted', copy.snaps.at(-1)?.id ?? 0)]
        : [],
    tag: { id: copy.tag.id + 1, owner: '<orphan>', before: copy.tag.owner },
    changedAt: t,
  }
  return {
    exit: 0,
    stdout: 'Image demoted to non-primary\n',
    stderr: '',
    changed: { ...image, copies: { ...image.copies, [site]: demoted } },
  }
}

/** `rbd mirror image snapshot`. */
export function mirrorSnapshot(conditions: Conditions, image: ImageState, site: SiteName): Outcome {
  const t = image.at
  const copy = image.copies[site]
  if (copy === undefined) return noSuchImage(image.name)
  if (copy.mode !== 'snapshot') return refused(22, 'rbd: snapshot based mirroring not enabled on the image\n')
  if (standing(copy) !== 'primary') {
    const state = copy.snaps.at(-1)?.state ?? 'non_primary'
    const previous = state.endsWith('demoted') ? 'demoted' : 'non-primary'
    return refused(
      22,
      `${librbd(t, 'mirror::snapshot::util', ` can_create_primary_snapshot: trying to create primary snapshot without force when previous snapshot is ${previous}`)}rbd: error creating snapshot: (22) Invalid argument\n`,
    )
  }
  const snap = primarySnap(conditions, t, 'primary', copy.snaps.at(-1)?.id ?? 0)
  const taken: Copy = { ...copy, snaps: [...copy.snaps, snap] }
  return {
    exit: 0,
    stdout: `Snapshot ID: ${snap.id}\n`,
    stderr: '',
    changed: { ...image, copies: { ...image.copies, [site]: taken } },
  }
}
