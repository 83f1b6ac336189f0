/** The same list with one place replaced. */
export const replaced = <T>(list: readonly T[], at: number, item: T): readonly T[] =>
  list.map((one, index) => (index === at ? item : one))

/** The same list without one place. */
export const without = <T>(list: readonly T[], at: number): readonly T[] => list.filter((_, index) => index !== at)

/** The same list with one place moved to the front by one. */
export const earlier = <T>(list: readonly T[], at: number): readonly T[] =>
  at === 0
    ? list
    : [...list.slice(0, at - 1), ...list.slice(at, at + 1), ...list.slice(at - 1, at), ...list.slice(at + 1)]
