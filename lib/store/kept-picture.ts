import type { CloudPicture } from '@/lib/domain/group-picture'
import { cloudPicture } from './cloud-picture'
import type { Store } from './database'

/** Whoever looks within this time looks at one picture; of a huge cloud it is made no more than a tenth of the time. */
const KEPT_MS = 3_000
const SHARE = 10
const KEY = Symbol.for('antipode.cloud-pictures')

interface Kept {
  readonly madeAt: number
  readonly picture: Promise<CloudPicture>
  tookMs: number
}
const shared = globalThis as { [KEY]?: WeakMap<Store, Map<string, Kept>> }

/** The picture of a cloud for a preview that follows somebody's typing. What is saved rests on one of its own. */
export function keptPicture(store: Store, site: string): Promise<CloudPicture> {
  shared[KEY] ??= new WeakMap()
  const bySite = shared[KEY].get(store) ?? new Map<string, Kept>()
  shared[KEY].set(store, bySite)
  const known = bySite.get(site)
  const began = performance.now()
  if (known !== undefined && began - known.madeAt < Math.max(KEPT_MS, SHARE * known.tookMs)) return known.picture
  const made: Kept = { madeAt: began, picture: cloudPicture(store, site), tookMs: 0 }
  bySite.set(site, made)
  made.picture.then(
    () => {
      made.tookMs = performance.now() - began
    },
    () => bySite.delete(site),
  )
  return made.picture
}
