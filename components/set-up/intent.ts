import { takenDownOf } from '@/lib/domain/taken-down'
import type { SetUpIntent, TakeDownIntent } from '@/lib/views/set-up'
import type { SetUpDraft, TakeDownDraft } from './draft'

/** Why this draft cannot be looked at yet; null where it can. */
export function missingOfSetUp({ from, to, pools, scope, images, peering, client }: SetUpDraft): string | null {
  if (from === '') return 'Choose the site that has the images'
  if (to === '') return 'Choose the site that gets the copies'
  if (from === to) return 'Choose two different sites'
  if (peering === 'by-hand' && !/^client\.[A-Za-z0-9._-]+$/.test(client.trim())) return 'Name the user as client.NAME'
  if (pools.length === 0) return 'Choose at least one pool'
  if (scope === 'named' && images.length === 0) return 'Pick at least one image, or choose all or none'
  return null
}

/** What is asked of the server; null where the draft does not say enough. */
export function setUpIntentOf(draft: SetUpDraft): SetUpIntent | null {
  if (missingOfSetUp(draft) !== null) return null
  const { from, to, ways, peering, client, pools, scope, mode, images, schedules } = draft
  const names = new Set(pools.map(({ name }) => name))
  return {
    ...{ from, to, ways, pools: pools.map((pool) => ({ ...pool })) },
    peering: peering === 'token' ? { kind: 'token' } : { kind: 'by-hand', client: client.trim() },
    images:
      scope === 'none'
        ? { kind: 'none' }
        : scope === 'all'
          ? { kind: 'all', mode }
          : { kind: 'named', images: images.map((image) => ({ ...image })) },
    schedules: Object.entries(schedules).flatMap(([pool, interval]) =>
      interval === '' || !names.has(pool) ? [] : [{ pool, interval }],
    ),
  }
}

/** Why this draft cannot be looked at yet; null where it can. */
export function missingOfTakeDown({ from, to, part, pools }: TakeDownDraft): string | null {
  const deletes = takenDownOf(part) === 'images'
  if (from === '') return deletes ? 'Choose the site that keeps its images' : 'Choose the two sites'
  if (to === '') return deletes ? 'Choose the site whose copies are deleted' : 'Choose the other site'
  if (from === to) return 'Choose two different sites'
  return pools.length === 0 ? 'Choose at least one pool' : null
}

export const takeDownIntentOf = (draft: TakeDownDraft): TakeDownIntent | null =>
  missingOfTakeDown(draft) === null ? { ...draft, pools: [...draft.pools] } : null
