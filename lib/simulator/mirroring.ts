import type { MirrorMode, SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { chosenFeatures, withFeatures } from './features'
import { primarySnap } from './follow-snapshot'
import { type Copy, type ImageState, peerOf, standing, type Turn } from './image-state'
import { librbd, noSuchImage, notEnabled, type Outcome, refused } from './outcome'
import { heldAt } from './writes'

/** `rbd mirror image resync`: sets a flag and nothing else; what follows is the daemon's work. */
export function resync(image: ImageState, site: SiteName): Outcome {
  const t = image.at
  const copy = image.copies[site]
  if (copy === undefined) return noSuchImage(image.name)
  if (copy.mode === null) return notEnabled()
  if (standing(copy) === 'primary') {
    return refused(
      22,
      `rbd: error flagging image resync\n${librbd(t, 'api::Mirror', 'image_resync: image is primary, cannot resync to itself')}`,
    )
  }
  const flagged: Copy = { ...copy, resyncAt: copy.resyncAt ?? t, changedAt: t }
  return {
    exit: 0,
    stdout: 'Flagged image for resync from primary\n',
    stderr: '',
    changed: { ...image, copies: { ...image.copies, [site]: flagged } },
  }
}

const withJournal = (copy: Copy): Copy =>
  copy.journaling ? copy : withFeatures(copy, [...chosenFeatures(copy), 'exclusive-lock', 'journaling'])

/** `rbd mirror image enable`. `parentMirrored` is null where the image has no parent. */
export function enable(
  conditions: Conditions,
  image: ImageState,
  site: SiteName,
  ask: { mode: MirrorMode; parentMirrored: boolean | null; turnId: string; globalId: string },
): Outcome {
  const t = image.at
  const copy = image.copies[site]
  if (copy === undefined) return noSuchImage(image.name)
  const no = (text: string) => refused(22, librbd(t, 'api::Mirror', `image_enable: ${text}`))
  if (copy.mode !== null) {
    if (copy.mode === ask.mode) return { exit: 0, stdout: 'Mirroring enabled\n', stderr: '', changed: null }
    const lines =
      librbd(t, 'mirror::EnableRequest', '0x5590092932e0 handle_get_mirror_image: invalid current image mirror mode') +
      librbd(t, 'api::Mirror', 'image_enable: cannot enable mirroring: (22) Invalid argument')
    if (ask.mode === 'snapshot' || standing(copy) !== 'primary') return refused(22, lines)
    // What it needs of features it has turned on by then (ceph-facts 30).
    return { ...refused(22, lines), changed: { ...image, copies: { ...image.copies, [site]: withJournal(copy) } } }
  }
  if (ask.parentMirrored === false) return no('mirroring is not enabled for the parent')
  const turn: Turn = { id: ask.turnId, site, end: 'open', from: t, until: null, forced: false }
  const enabled: Copy = {
    ...(ask.mode === 'journal' ? withJournal(copy) : copy),
    mode: ask.mode,
    globalId: ask.globalId,
    history: [turn],
    held: [...copy.held, { turn: turn.id, writes: 0, lastAt: null }],
    runs: [{ from: t, perSec: copy.clients.length > 0 ? image.writesPerSec : 0, burst: 0 }],
    snaps: ask.mode === 'snapshot' ? [primarySnap(conditions, t, 'primary', 0)] : [],
    tag: { id: 1, owner: '' },
    changedAt: t,
  }
  return {
    exit: 0,
    stdout: 'Mirroring enabled\n',
    stderr: '',
    changed: { ...image, trouble: null, copies: { ...image.copies, [site]: enabled } },
  }
}

/** `rbd mirror image disable`: the image stays, with its data. A copy elsewhere that follows it goes; a primary there does not. */
export function disable(conditions: Conditions, image: ImageState, site: SiteName, force: 'plain' | 'force'): Outcome {
  const t = image.at
  const copy = image.copies[site]
  if (copy === undefined) return noSuchImage(image.name)
  if (copy.mode === null) return { exit: 0, stdout: 'Mirroring disabled\n', stderr: '', changed: null }
  if (standing(copy) !== 'primary' && force === 'plain') {
    return refused(
      22,
      librbd(
        t,
        'mirror::DisableRequest',
        '0x55bbcddb13b0 handle_get_mirror_info: mirrored image is not primary, add force option to disable mirroring',
      ) + librbd(t, 'api::Mirror', 'image_disable: cannot disable mirroring: (22) Invalid argument'),
    )
  }
  const copies: Record<SiteName, Copy> = { ...image.copies }
  copies[site] = {
    ...copy,
    mode: null,
    // Also where a user had turned it on before.
    journaling: copy.mode === 'journal' ? false : copy.journaling,
    snaps: [],
    // What it holds is its own from now on: no turn is left by which it could be worked out.
    held: heldAt(conditions, site, copy, t),
    history: [],
    runs: [],
    copying: null,
    resyncAt: null,
    abandonedAt: null,
    changedAt: t,
  }
  const peer = peerOf(image, site)
  const other = peer === null ? undefined : copies[peer]
  if (peer !== null && other !== undefined && other.mode !== null && standing(other) !== 'primary') {
    copies[peer] = { ...other, abandonedAt: t }
  }
  return { exit: 0, stdout: 'Mirroring disabled\n', stderr: '', changed: { ...image, copies } }
}
