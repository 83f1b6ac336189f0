import type { ReactNode } from 'react'
import type { SetUpPreview } from '@/lib/views/set-up'

/** What a wizard of changes says that another does not. */
export interface ChangeWords {
  /** One sentence: what can be started. */
  readonly outcome: (preview: SetUpPreview) => string
  /** What it means, before the figures of the ledger. */
  readonly headline: (preview: SetUpPreview) => ReactNode
  /** The last figure beside the counts; null where there is none. */
  readonly figure: (preview: SetUpPreview) => ReactNode
  readonly start: (preview: SetUpPreview) => { readonly label: string; readonly kind: 'action' | 'danger' }
  /** Over the field where the site's name is typed. */
  readonly typeTitle: (preview: SetUpPreview) => string
  readonly facts: (preview: SetUpPreview) => readonly { readonly label: string; readonly text: ReactNode }[]
  /** What has to be known before the start. */
  readonly caution: (preview: SetUpPreview) => ReactNode
}
