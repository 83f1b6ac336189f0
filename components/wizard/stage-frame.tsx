'use client'

import type { ReactNode } from 'react'
import { Age } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Veil } from '@/components/ui/veil'
import type { FailoverPreview } from '@/lib/views/recover'
import { FRESH_SEC } from './intent'
import type { Stage } from './stage'
import type { Looked } from './use-look'

/** As much of a preview as every stage needs, whatever the wizard. */
export type SeenPlan = Pick<FailoverPreview, 'at' | 'refusal' | 'planHash'>

/** What every stage after the choice is given. */
export interface StageProps<P = FailoverPreview> {
  readonly found: Looked<P>
  readonly onLookAgain: () => void
  readonly go: (stage: Stage) => void
}

interface StageFrameProps {
  readonly found: Looked<SeenPlan>
  readonly onLookAgain: () => void
  readonly onBack: () => void
  /** The way on: a button, given why it cannot be pressed now. */
  readonly next: (refusal: string | null) => ReactNode
  readonly children: ReactNode
}

/** A look that is too old to decide on; null while it is fresh. */
export function useOldLook({ at }: Pick<SeenPlan, 'at'>): string | null {
  const now = useNow()
  const ageSec = Math.floor((now - at) / 1000)
  return ageSec > FRESH_SEC ? `Read ${ageSec} s ago: look again before you go on` : null
}

/** One stage: its content, veiled once it is old, and below it the way back, the age of what is shown and the way on. */
export function StageFrame({ found, onLookAgain, onBack, next, children }: StageFrameProps) {
  const { preview } = found
  const old = useOldLook(preview)
  return (
    <>
      <PlanChanged found={found} />
      <Veil
        since={
          old === null ? null : (
            <>
              Read <Age at={preview.at} /> ago. Both sides may have moved on since: look again before you decide.
            </>
          )
        }
      >
        <div className="flex min-w-0 flex-col gap-4">{children}</div>
      </Veil>
      <footer className="bottom-0 z-20 -mx-4 mt-auto -mb-5 flex flex-wrap items-center gap-3 border-t border-line bg-ground px-4 py-3 md:sticky md:-mx-6 md:px-6">
        <Button kind="ghost" onClick={onBack}>
          Back
        </Button>
        <p className="text-sm text-faint">
          Both sides read <Age at={preview.at} /> ago
        </p>
        <span className="ml-auto flex flex-wrap gap-2">
          <Button kind={old === null ? 'quiet' : 'action'} onClick={onLookAgain}>
            Look again
          </Button>
          {next(preview.refusal ?? old)}
        </span>
      </footer>
    </>
  )
}

/** A second look that finds another plan says so: what was read before is not what would run. */
function PlanChanged({ found: { preview, hashBefore } }: { readonly found: Looked<SeenPlan> }) {
  if (hashBefore === null) return null
  if (hashBefore === preview.planHash) {
    return <p className="text-sm text-dim">Looked again: the same plan as before.</p>
  }
  return (
    <Notice tone="behind" title="What would run has changed since the look before">
      Read what we found and what will run once more.
    </Notice>
  )
}
