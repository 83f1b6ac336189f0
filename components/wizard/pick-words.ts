import type { ImageProcedure } from '@/lib/domain/plan'

const ticked = (entry: string) => `Tick images on the Images page, or filter them there, then choose ${entry}.`
const opened = (which: string, entry: string) =>
  `Open ${which} on the Images page and choose “${entry}” there; for many at once choose pools or the whole site above.`

/** How images come to be picked: by what the Images page calls it. Anything else there begins another procedure. */
export const PICK_WORDS: Readonly<Record<ImageProcedure, string>> = {
  'planned-failover': ticked('“Fail over”'),
  'forced-failover': opened('an image of the lost site', 'Promote by force'),
  reprotect: opened('an image in split-brain or primary at both sites', 'Choose the good copy'),
  resync: opened('an image whose copy does not follow', 'Resync'),
  promote: ticked('“Promote” under “Single verbs”'),
  demote: ticked('“Demote” under “Single verbs”'),
  snapshot: ticked('“Mirror snapshot now” under “Single verbs”'),
  flatten: ticked('“Flatten” under “Single verbs”'),
  disable: ticked('“End mirroring” under “Single verbs”'),
}
