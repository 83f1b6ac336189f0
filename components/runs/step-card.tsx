'use client'

import type { ReactNode } from 'react'
import { useNow } from '@/components/live/clock'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Progress, type Share } from '@/components/ui/progress'
import { StateText } from '@/components/ui/state-mark'
import { countText } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import type { RunDetail, RunStepView, StepTally } from '@/lib/views/runs'

interface StepCardProps {
  readonly detail: RunDetail
  /** False while somebody looks at a step of their own choice. */
  readonly followed: boolean
  readonly onFollow: () => void
  readonly children: ReactNode
}

/** The step that is looked at: what proves it, how many are through, and who is not. */
export function StepCard({ detail, followed, onFollow, children }: StepCardProps) {
  const step = detail.steps[detail.shownStep]
  if (step === undefined) return null
  return (
    <Card
      title={`${step.idx + 1}. ${step.title}`}
      aside={
        followed ? (
          <TimeLeft step={step} />
        ) : (
          <Button size="small" kind="ghost" onClick={onFollow}>
            {detail.run.endedAt === null ? 'Back to where the run is' : 'Back to the last step'}
          </Button>
        )
      }
    >
      <p className="-mt-2 mb-4 text-sm text-dim">Proof: {step.proof}.</p>
      {step.members === 0 ? (
        <p className="text-dim">Nothing in this run needs it.</p>
      ) : (
        <>
          <Progress
            label={`Step ${step.idx + 1}`}
            total={step.members}
            shares={sharesOf(step.tally)}
            className="mb-3 h-2!"
          />
          <Tally step={step} />
          {children}
        </>
      )}
    </Card>
  )
}

const SLOTS: readonly { readonly slot: keyof StepTally; readonly tone: Share['tone']; readonly words: string }[] = [
  { slot: 'past', tone: 'ok', words: 'through' },
  { slot: 'acting', tone: 'copying', words: 'under way' },
  { slot: 'inDoubt', tone: 'unknown', words: 'in doubt' },
  { slot: 'waiting', tone: 'behind', words: 'waiting' },
  { slot: 'stopped', tone: 'bad', words: 'stopped' },
  { slot: 'pending', tone: 'none', words: 'next' },
  { slot: 'notYet', tone: 'none', words: 'not here yet' },
  { slot: 'setAside', tone: 'none', words: 'set aside' },
]

const sharesOf = (tally: StepTally): readonly Share[] =>
  SLOTS.filter(({ slot, tone }) => tone !== 'none' || slot === 'setAside').map(({ slot, tone, words }) => ({
    tone,
    count: tally[slot],
    text: `${countText(tally[slot])} ${words}`,
  }))

function Tally({ step: { tally, members } }: { readonly step: RunStepView }) {
  const shown = SLOTS.filter(({ slot }) => tally[slot] > 0)
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1">
      {shown.map(({ slot, tone, words }) => (
        <StateText key={slot} tone={tone}>
          <strong className="font-semibold">{countText(tally[slot])}</strong> {words}
        </StateText>
      ))}
      <span className="text-faint">of {countText(members)}</span>
    </p>
  )
}

/** Fewer than these say nothing about the pace. */
const ENOUGH = 5

/** Honest: from the pace so far, and only where there is one. What waits for somebody has no time left to tell. */
function TimeLeft({ step: { state, startedAt, tally, members } }: { readonly step: RunStepView }) {
  const now = useNow()
  if (state === 'waiting') return <>waits; how long is not known</>
  if (state !== 'running' || startedAt === null || tally.past < ENOUGH) return null
  const left = members - tally.past - tally.setAside - tally.stopped
  const perSec = tally.past / Math.max(1, (now - startedAt) / 1000)
  if (left <= 0) return null
  return (
    <>
      {perSec >= 1 ? `${countText(Math.round(perSec))} a second` : `${countText(Math.round(perSec * 60))} a minute`} ·
      about {durationText(left / perSec)} left
    </>
  )
}
