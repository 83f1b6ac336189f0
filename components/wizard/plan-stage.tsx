'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { Icon } from '@/components/ui/icon'
import { Tabs } from '@/components/ui/tabs'
import { countOf, countText } from '@/lib/views/count-text'
import type { FailoverPreview } from '@/lib/views/recover'
import { type SeenPlan, StageFrame, type StageProps } from './stage-frame'

/** As much of a preview as this stage shows. */
type PlanSeen = SeenPlan & Pick<FailoverPreview, 'from' | 'to' | 'steps' | 'script'>

export function PlanStage({ found, onLookAgain, go }: StageProps<PlanSeen>) {
  const { preview } = found
  const [view, setView] = useState('steps')
  return (
    <StageFrame
      found={found}
      onLookAgain={onLookAgain}
      onBack={() => go('lost')}
      next={(refusal) => (
        <Button kind="action" refusal={refusal} onClick={() => go('approve')}>
          Go on to approve
        </Button>
      )}
    >
      <Card
        title="What will run"
        aside={
          preview.planHash === null ? undefined : (
            <>
              plan <code>{preview.planHash.slice(0, 12)}</code> · the run does this and nothing else
            </>
          )
        }
      >
        <Tabs
          label="The plan"
          chosen={view}
          onChoose={setView}
          tabs={[
            { id: 'steps', title: `${preview.steps.length} steps`, content: <PlanSteps steps={preview.steps} /> },
            { id: 'script', title: 'As a shell script', content: <Script preview={preview} /> },
          ]}
        />
      </Card>
    </StageFrame>
  )
}

function PlanSteps({ steps }: { readonly steps: FailoverPreview['steps'] }) {
  return (
    <ol className="-my-3 divide-y divide-line">
      {steps.map((step, index) => (
        <li key={step.name} className="grid gap-x-6 gap-y-2 py-4 lg:grid-cols-[minmax(18rem,2fr)_3fr]">
          <div className="flex gap-3.5">
            <span
              aria-hidden
              className="mt-0.5 grid size-7 shrink-0 place-items-center rounded-full border border-line-strong text-sm text-dim"
            >
              {index + 1}
            </span>
            <div className="min-w-0">
              <h3 className="font-medium">{step.title}</h3>
              <p className="text-sm text-dim">Proof: {step.proof}.</p>
            </div>
          </div>
          <StepCommands step={step} />
        </li>
      ))}
    </ol>
  )
}

function StepCommands({ step }: { readonly step: FailoverPreview['steps'][number] }) {
  const { commands, commandsTotal, title } = step
  if (commandsTotal === 0) return <p className="text-sm text-faint">Only looks: changes nothing.</p>
  const sites = [...new Set(commands.map(({ site }) => site))]
  return (
    <div className="min-w-0">
      <p className="mb-1.5 text-sm text-dim">
        {countOf(commandsTotal, 'command')} at {sites.join(' and ')}
      </p>
      <CodeBlock
        label={`Commands: ${title}`}
        lines={commands.map(({ line }) => ({ text: line }))}
        className="max-h-44 overflow-hidden [&>section]:max-h-44"
      />
      {commandsTotal > commands.length && (
        <p className="mt-1 text-sm text-faint">
          The first {countText(commands.length)}; the script has all {countText(commandsTotal)}.
        </p>
      )}
    </div>
  )
}

/** A line each for the eye; a copy or a download has it whole. */
const SHOWN_LINES = 2_000

function Script({ preview: { script, from, to } }: { readonly preview: PlanSeen }) {
  const lines = script.split('\n')
  const download = () => {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/x-shellscript' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `failover-${from}-to-${to}.sh`
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-dim">
          The same commands, for going on by hand. Once the run has started it has its own script at any point, with
          what is done marked.
        </p>
        <Button onClick={download}>
          <Icon name="download" />
          Download
        </Button>
      </div>
      <CodeBlock
        label="The plan as a shell script"
        lines={lines.slice(0, SHOWN_LINES).map((text) => ({ text }))}
        className="[&>section]:max-h-[32rem]"
      />
      {lines.length > SHOWN_LINES && (
        <p className="text-sm text-faint">
          The first {countText(SHOWN_LINES)} of {countText(lines.length)} lines; the download has all.
        </p>
      )}
    </div>
  )
}
