const grouped = new Intl.NumberFormat('en-GB')

/** `1,204` */
export const countText = (count: number): string => grouped.format(count)

/** `1 image`, `1,204 images`. */
export const countOf = (count: number, noun: string): string =>
  `${grouped.format(count)} ${noun}${count === 1 ? '' : 's'}`
