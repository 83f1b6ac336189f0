'use client'

import { countOf } from '@/lib/views/count-text'
import type { Direction } from '@/lib/views/failover-choices'
import { ChoiceCards } from './choice-cards'
import { useDraft } from './draft'
import { startsAtPrimary } from './intent'
import { PickedList } from './picked-list'
import { PoolList } from './pool-list'
import { WIZARD_WORDS } from './words'

/** A whole site, pools of it, or images that were picked on the Images page. */
export function ScopePicker({ direction }: { readonly direction: Direction | null }) {
  const { draft, change } = useDraft()
  const words = WIZARD_WORDS[draft.procedure]
  const site = draft.from === '' ? 'the site' : draft.from
  return (
    <div className="flex flex-col gap-4">
      <ChoiceCards
        label="Which images"
        value={draft.scope}
        onChoose={(scope) => change({ scope, leaveOut: [] })}
        cards={[
          {
            value: 'images',
            title: 'Picked images',
            detail:
              draft.images.length === 0
                ? 'None picked yet.'
                : `${countOf(draft.images.length, 'image')}, listed below.`,
          },
          {
            value: 'pools',
            title: 'Pools',
            detail: words.pools(site),
          },
          {
            value: 'site',
            title: 'The whole site',
            detail:
              direction === null || !startsAtPrimary(draft.procedure)
                ? words.whole(site)
                : `All ${countOf(direction.images, 'image')} in ${countOf(direction.pools.length, 'pool')}.`,
          },
        ]}
      />
      {draft.scope === 'images' && <PickedList />}
      {draft.scope === 'pools' && <PoolList pools={direction?.pools ?? null} />}
      {draft.leaveOut.length > 0 && (
        <p className="flex flex-wrap items-center gap-2 text-dim">
          {countOf(draft.leaveOut.length, 'image')} left out on purpose.
          <button type="button" className="underline hover:text-ink" onClick={() => change({ leaveOut: [] })}>
            Take them in again
          </button>
        </p>
      )}
    </div>
  )
}
