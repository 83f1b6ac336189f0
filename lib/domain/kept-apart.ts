import type { Item } from './attention'

export interface ApartRow {
  readonly name: string
  readonly reason: string
  /** Epoch milliseconds. */
  readonly partedAt: number
}

/** What is said of images that are kept on both sides on purpose: no alarm, and never protected. */
export function apartItem(rows: readonly ApartRow[]): Item | null {
  const [first] = [...rows].sort((a, b) => a.partedAt - b.partedAt)
  if (first === undefined) return null
  const count = rows.length === 1 ? '1 image' : `${rows.length} images`
  return {
    key: 'kept-apart',
    severity: 'suspended',
    title: `${count} kept on both sides on purpose`,
    detail: `Not protected; both sides may take writes. ${rows.length === 1 ? first.name : `First: ${first.name}`}: ${first.reason}`,
    since: first.partedAt,
    action: { label: 'Open', href: '/recover/apart' },
  }
}
