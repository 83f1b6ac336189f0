import type { Store } from '@/lib/store/database'

/** All windows and all browsers look at one picture for so long: what it says are points in time, which do not tick. */
const PICTURE_MS = 5_000
/** Of a huge cloud it is made no more than a tenth of the time. */
const SHARE = 10
const KEY = Symbol.for('antipode.kept-pictures')

interface Kept {
  readonly madeAt: number
  readonly topicSeq: number
  readonly picture: Promise<unknown>
  tookMs: number
}
const shared = globalThis as { [KEY]?: WeakMap<Store, Map<string, Kept>> }

/** Something that costs as much as there are volumes, made once for all who look at the same time. `seq`: another one is made where it is another. */
export function keptFor<T>(store: Store, name: string, now: number, seq: number, make: () => Promise<T>): Promise<T> {
  shared[KEY] ??= new WeakMap()
  const all = shared[KEY].get(store) ?? new Map<string, Kept>()
  shared[KEY].set(store, all)
  const known = all.get(name)
  const keptMs = Math.max(PICTURE_MS, SHARE * (known?.tookMs ?? 0))
  if (known !== undefined && known.topicSeq === seq && Math.abs(now - known.madeAt) < keptMs)
    return known.picture as Promise<T>
  const began = performance.now()
  const picture = make()
  const made: Kept = { madeAt: now, topicSeq: seq, picture, tookMs: 0 }
  all.set(name, made)
  picture.then(
    () => {
      made.tookMs = performance.now() - began
    },
    // What failed is tried again by whoever asks next.
    () => all.delete(name),
  )
  return picture
}
