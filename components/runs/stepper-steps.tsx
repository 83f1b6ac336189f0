import type { StepperStep } from '@/components/ui/stepper'
import { countText } from '@/lib/views/count-text'
import type { RunDetail, RunStepView } from '@/lib/views/runs'
import { Elapsed } from './elapsed'

/** The steps as the list on the left shows them: done with its proof, under way with its count, stopped with its reason. */
export const stepperSteps = (detail: RunDetail): readonly StepperStep[] =>
  detail.steps.map((step) => ({
    id: String(step.idx),
    title: step.title,
    state: shownState(detail, step),
    detail: detailOf(step),
    ...(step.startedAt !== null && { aside: <Elapsed from={step.startedAt} until={endOf(detail, step)} /> }),
  }))

/** A run that was stopped leaves its step as it stood: it is not under way any more, and its clock stands still. */
const endOf = ({ run }: RunDetail, step: RunStepView) => step.endedAt ?? run.endedAt

function shownState({ run }: RunDetail, { state }: RunStepView): StepperStep['state'] {
  if (run.endedAt === null || state === 'done' || state === 'skipped' || state === 'failed' || state === 'blocked')
    return state
  return state === 'pending' ? 'pending' : 'skipped'
}

function detailOf({ state, reason, proof, members, tally }: RunStepView): string {
  if (state === 'skipped') return reason === '' ? 'not needed' : reason
  if (state === 'pending') return ''
  const through = `${countText(tally.past)} of ${countText(members)}`
  if (state === 'done') return `${through} · ${proof}`
  return reason === '' ? `${through} through` : `${through} through · ${reason}`
}
