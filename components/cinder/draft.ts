import { draftStore } from '@/components/changes/draft-store'
import type { CinderIntent } from '@/lib/views/cinder-failover'

/** What the operator has chosen so far. '' is: not chosen. */
export interface CinderDraft {
  readonly cloud: string
  readonly host: string
  readonly target: string
  readonly clients: 'wait' | 'evict'
}

export const useCinderDraft = draftStore<CinderDraft>('antipode.cinder-draft', {
  ...{ cloud: '', host: '', target: '', clients: 'wait' },
})

/** Why this draft cannot be looked at yet; null where it can. */
export function missingOfCinder({ host, target }: CinderDraft): string | null {
  if (host === '') return 'Choose a backend'
  return target === '' ? 'Choose where it goes' : null
}

export const cinderIntentOf = (draft: CinderDraft): CinderIntent | null =>
  missingOfCinder(draft) === null ? { ...draft } : null
