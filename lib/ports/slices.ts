/** Lets whatever else this thread has to do have its turn. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Maps a long list some at a time, with a breath in between: nothing may hold up a thread for more than 50 ms. */
export async function inSlices<T, R>(all: readonly T[], size: number, map: (item: T) => R): Promise<readonly R[]> {
  const mapped: R[] = []
  for (let at = 0; at < all.length; at += size) {
    if (at > 0) await breath()
    for (const item of all.slice(at, at + size)) mapped.push(map(item))
  }
  return mapped
}
