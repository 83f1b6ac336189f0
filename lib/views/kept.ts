import { z } from 'zod'

/** One copy that lost, as a run put it aside. */
export interface KeptCopy {
  /** `RUN/MEMBER`. */
  readonly id: string
  readonly site: string
  /** Where the good copy was chosen. */
  readonly from: string
  readonly pool: string
  readonly namespace: string
  /** The name that it had, and the one that it is kept by. */
  readonly name: string
  readonly keptAs: string
  readonly imageId: string
  readonly sizeBytes: number | null
  /** Epoch milliseconds. */
  readonly keptAt: number
  readonly dueAt: number
  readonly run: { readonly id: string; readonly title: string }
}

export interface KeptCopies {
  readonly now: number
  /** Oldest due first; at most as many as are listed. */
  readonly copies: readonly KeptCopy[]
  readonly total: number
}

export const CheckKeptInput = z.strictObject({ ids: z.array(z.string().min(1)).min(1).max(500) })
export type CheckKeptInput = z.output<typeof CheckKeptInput>

/** What stands at the site now under the name that it was kept by. */
export interface CheckedCopy {
  readonly id: string
  readonly state: 'there' | 'gone' | 'another' | 'unknown'
  readonly text: string
  /** By hand, in this order: open, compare, copy back, delete. */
  readonly commands: readonly { readonly title: string; readonly site: string; readonly line: string }[]
}
