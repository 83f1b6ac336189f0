'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useCallback, useEffect } from 'react'

export const STAGES = [
  { id: 'choose', title: 'Choose' },
  { id: 'found', title: 'What we found' },
  { id: 'lost', title: 'What would be lost' },
  { id: 'plan', title: 'What will run' },
  { id: 'approve', title: 'Approve' },
  { id: 'watch', title: 'Watch it run' },
] as const satisfies readonly { readonly id: string; readonly title: string }[]

const IDS = ['choose', 'found', 'lost', 'plan', 'approve'] as const
export type Stage = (typeof IDS)[number]

/** Where the wizard stands, in the URL: the browser's Back goes one stage back. */
export function useStage(): { readonly stage: Stage; readonly go: (stage: Stage) => void } {
  const [stage, setStage] = useQueryState(
    'stage',
    parseAsStringLiteral(IDS).withDefault('choose').withOptions({ history: 'push' }),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stage is read from its top, as a new page is
  useEffect(() => {
    window.scrollTo({ top: 0 })
  }, [stage])
  const go = useCallback((next: Stage) => void setStage(next), [setStage])
  return { stage, go }
}
