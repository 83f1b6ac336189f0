import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Icon } from './icon'

export type StepState = 'done' | 'running' | 'waiting' | 'pending' | 'blocked' | 'skipped' | 'failed'

export interface StepperStep {
  readonly id: string
  readonly title: ReactNode
  readonly detail?: ReactNode
  /** Time taken, or left. */
  readonly aside?: ReactNode
  readonly state: StepState
}

const RINGS: Record<StepState, string> = {
  done: 'border-ok text-ok',
  running: 'border-copying text-copying',
  waiting: 'border-behind text-behind',
  pending: 'border-line-strong text-faint',
  blocked: 'border-bad text-bad',
  skipped: 'border-dashed border-line-strong text-faint',
  failed: 'border-bad text-bad',
}

interface StepperProps {
  readonly label: string
  readonly steps: readonly StepperStep[]
  readonly current?: string
  /** Where a step can be opened: its title is then a button, and the whole of it takes the click. */
  readonly onChoose?: (id: string) => void
}

/** Steps of a run, one below the other, each with its state in a ring: tick, number, cross, dash. */
export function Stepper({ label, steps, current, onChoose }: StepperProps) {
  return (
    <ol aria-label={label} className="flex flex-col gap-1">
      {steps.map((step, index) => (
        <li
          key={step.id}
          aria-current={step.id === current ? 'step' : undefined}
          className={clsx(
            'relative flex gap-3.5 rounded-lg px-3.5 py-2.5',
            step.id === current && 'bg-raised',
            onChoose !== undefined && 'hover:bg-hover',
          )}
        >
          <span
            className={clsx(
              'mt-0.5 grid size-7 shrink-0 place-items-center rounded-full border text-sm',
              RINGS[step.state],
            )}
          >
            <StepSign state={step.state} number={index + 1} />
            <span className="sr-only">{step.state}</span>
          </span>
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline justify-between gap-3">
              <p className={clsx('font-medium', step.state === 'pending' ? 'text-dim' : 'text-ink')}>
                {onChoose === undefined ? (
                  step.title
                ) : (
                  <button
                    type="button"
                    className="text-left after:absolute after:inset-0 after:rounded-lg"
                    onClick={() => onChoose(step.id)}
                  >
                    {step.title}
                  </button>
                )}
              </p>
              {step.aside !== undefined && <span className="shrink-0 text-sm text-faint">{step.aside}</span>}
            </div>
            {step.detail !== undefined && <div className="text-sm text-faint">{step.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}

function StepSign({ state, number }: { readonly state: StepState; readonly number: number }) {
  if (state === 'done') return <Icon name="check" className="size-3.5" />
  if (state === 'failed' || state === 'blocked') return <Icon name="close" className="size-3.5" />
  if (state === 'skipped') return <span aria-hidden>–</span>
  return <span aria-hidden>{number}</span>
}

export interface WizardStep {
  readonly id: string
  readonly title: string
}

/** Where a wizard stands: `✓ Choose  What we found  …`. What is done may be gone back to. */
export function WizardSteps(props: {
  readonly steps: readonly WizardStep[]
  readonly current: string
  readonly onBack: (id: string) => void
}) {
  const at = props.steps.findIndex((step) => step.id === props.current)
  return (
    <ol aria-label="Steps" className="flex flex-wrap gap-x-7 gap-y-2">
      {props.steps.map((step, index) => (
        <li key={step.id} aria-current={index === at ? 'step' : undefined}>
          {index < at ? (
            <button
              type="button"
              onClick={() => props.onBack(step.id)}
              className="inline-flex items-center gap-1.5 text-ok hover:underline"
            >
              <Icon name="check" className="size-3.5" />
              {step.title}
            </button>
          ) : (
            <span className={index === at ? 'font-semibold text-ink' : 'text-faint'}>{step.title}</span>
          )}
        </li>
      ))}
    </ol>
  )
}
