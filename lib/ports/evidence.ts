import type { JournalPosition } from '@/lib/domain/journal-position'
import type { Reading } from '@/lib/domain/reading'
import type { ImageSpec } from '@/lib/domain/words'

/** What hangs on an image, and would be in the way or be lost where it is removed. */
export interface Ties {
  readonly imageId: string
  /** `pool/name` of its clones, those in the trash too. */
  readonly children: readonly string[]
  /** Somebody asked rbd-mirror to delete it and copy it again, and it has not begun. */
  readonly resyncRequested: boolean
}

/** From where on it is counted what a site wrote to its copy. */
export type Since =
  /** A snapshot of this copy, by its id there. */
  | { readonly kind: 'snapshot'; readonly id: number }
  /** In the copy's own newest term, past this place of its journal; null: the whole term. */
  | { readonly kind: 'journal'; readonly position: JournalPosition | null }
  /** Only the times are asked. */
  | { readonly kind: 'nothing' }

export interface Written {
  readonly imageId: string
  readonly sizeBytes: number
  /** What Ceph stamped, at most once a minute while somebody writes; epoch milliseconds by the site's clock. */
  readonly modifiedAt: number | null
  readonly amount: WrittenAmount
}

/** Whole objects, so a byte that was written counts as its object. `complete` false: at least so much. */
export type WrittenAmount =
  | { readonly kind: 'known'; readonly bytes: number; readonly complete: boolean }
  | { readonly kind: 'unknown'; readonly reason: string }

export interface WrittenQuestion {
  readonly image: ImageSpec
  readonly since: Since
}

export interface SampleQuestion {
  readonly image: ImageSpec
  /** Null: as it is now. */
  readonly snapId: number | null
  /** Where each piece begins, bytes. */
  readonly offsets: readonly number[]
}

/** In the order of the offsets; null where the time was over first. */
export type Sampled = readonly (string | null)[]

export interface EvidenceBudget {
  readonly budgetMs: number
  readonly budgetBytes: number
}

/**
 * What tells two histories of an image apart, at one site. Never a whole image is read; what the budget did not allow is
 * said to be missing. In the order asked; an image that cannot be read is `unknown` and spoils no other. Throws AdapterError.
 */
export interface EvidencePort {
  ties(images: readonly ImageSpec[]): Promise<readonly Reading<Ties>[]>
  written(questions: readonly WrittenQuestion[], budget: EvidenceBudget): Promise<readonly Reading<Written>[]>
  sampled(
    questions: readonly SampleQuestion[],
    pieceBytes: number,
    budget: Pick<EvidenceBudget, 'budgetMs'>,
  ): Promise<readonly Reading<Sampled>[]>
}
