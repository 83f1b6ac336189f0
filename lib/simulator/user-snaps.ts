import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { snapIdAt } from './follow-snapshot'
import { type Copy, type ImageState, standing, type UserSnap } from './image-state'
import { errno, noSuchImage, type Outcome, refused } from './outcome'

/** `rbd` writes its progress to stderr, terminal or not. */
const begun = (desk: { readonly quiet: boolean }, percent: number): string =>
  desk.quiet ? '' : `\rCreating snap: ${percent}% complete...`

/** All of the users' own, oldest first; the one that it began with has the id 3. */
export const userSnapsOf = (copy: Copy): readonly UserSnap[] => [
  ...(copy.userSnapshot === null ? [] : [{ id: 3, name: copy.userSnapshot, takenAt: copy.createdAt }]),
  ...(copy.taken ?? []),
]

/** `rbd snap create`. */
export function createSnap(
  conditions: Conditions,
  image: ImageState,
  site: SiteName,
  name: string,
  how: { readonly quiet: boolean },
): Outcome {
  const t = image.at
  const copy = image.copies[site]
  if (copy === undefined) return noSuchImage(image.name)
  const no = (exit: number) =>
    refused(exit, `${begun(how, 0)}${how.quiet ? '' : 'failed.\n'}rbd: failed to create snapshot: ${errno(exit)}\n`)
  if (copy.mode !== null && standing(copy) !== 'primary') return no(30)
  if (userSnapsOf(copy).some((one) => one.name === name)) return no(17)
  const newest = Math.max(copy.snaps.at(-1)?.id ?? 0, userSnapsOf(copy).at(-1)?.id ?? 0)
  const taken = [...(copy.taken ?? []), { id: snapIdAt(conditions, t, newest), name, takenAt: t }]
  return {
    exit: 0,
    stdout: '',
    stderr: how.quiet ? '' : `${begun(how, 10)}${begun(how, 100)}done.\n`,
    changed: { ...image, copies: { ...image.copies, [site]: { ...copy, taken } } },
  }
}
