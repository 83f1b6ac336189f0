import { draftStore } from '@/components/changes/draft-store'
import type { Fence } from '@/lib/domain/plan'
import type { CinderIntent } from '@/lib/views/cinder-failover'

/** What the operator has chosen so far. '' is: not chosen. */
export interface CinderDraft {
  readonly cloud: string
  readonly host: string
  readonly target: string
  readonly clients: 'wait' | 'evict'
  /** Does the site that it leaves answer? */
  readonly site: 'answers' | 'lost'
  readonly fence: Fence
  /** Of a lost site: who promotes the copies. */
  readonly promotes: 'cinder' | 'console'
  /** A protection group by name; '': the whole backend. */
  readonly group: string
}

export const useCinderDraft = draftStore<CinderDraft>('antipode.cinder-draft', {
  ...{ cloud: '', host: '', target: '', clients: 'wait', site: 'answers', group: '' },
  fence: { kind: 'not-proven', at: null, note: '' },
  promotes: 'cinder',
})

/** Why this draft cannot be looked at yet; null where it can. */
export function missingOfCinder({ host, target }: CinderDraft): string | null {
  if (host === '') return 'Choose a backend'
  return target === '' ? 'Choose where it goes' : null
}

export function cinderIntentOf(draft: CinderDraft): CinderIntent | null {
  if (missingOfCinder(draft) !== null) return null
  const { cloud, host, target, clients, site, fence, promotes, group } = draft
  return {
    cloud,
    host,
    target,
    clients,
    ...(group !== '' && { group }),
    ...(site === 'lost' && { lost: fence, ...(promotes === 'console' && { past: true as const }) }),
  }
}
