/** Asks for many things some at a time, one batch after the other, and gives the answers in the order asked. */
export async function inBatches<T, R>(
  all: readonly T[],
  size: number,
  ask: (batch: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const answers: R[] = []
  for (let at = 0; at < all.length; at += size) answers.push(...(await ask(all.slice(at, at + size))))
  return answers
}
