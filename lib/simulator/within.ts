/** Stands for an answer that did not come in time. */
export const OVERDUE = Symbol('overdue')

/** Resolves with OVERDUE where `work` takes longer than `ms`. */
export function within<T>(work: Promise<T>, ms: number): Promise<T | typeof OVERDUE> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(OVERDUE), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
