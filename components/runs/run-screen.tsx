'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { parseAsInteger, useQueryState } from 'nuqs'
import { useDeferredValue, useState } from 'react'
import { Loaded } from '@/components/live/loaded'
import { Page } from '@/components/shell/page'
import { Badge } from '@/components/ui/badge'
import { Panel } from '@/components/ui/card'
import { Stepper } from '@/components/ui/stepper'
import { AgreeList } from '@/components/wizard/agree-list'
import { runQuery } from '@/lib/queries/runs'
import type { RunDetail } from '@/lib/views/runs'
import { AsideDialog } from './aside-dialog'
import { ClockCard } from './clock-card'
import { CommandsCard } from './commands-card'
import { GateQuestions } from './gate-questions'
import { LogCard } from './log-card'
import { MembersList } from './members-list'
import { RunActions } from './run-actions'
import { RunLedgerCard } from './run-ledger-card'
import { RunNotices } from './run-notices'
import { runWords } from './run-words'
import { SetAsideCard } from './set-aside-card'
import { StepCard } from './step-card'
import { stepperSteps } from './stepper-steps'
import { useCommand } from './use-command'

export function RunScreen({ id }: { readonly id: string }) {
  // Null follows the run; a step that somebody chose stays until they let it go.
  const [step, setStep] = useQueryState('step', parseAsInteger)
  const [find, setFind] = useState('')
  const [aside, setAside] = useState<readonly number[]>([])
  const sought = useDeferredValue(find)
  const query = useQuery(runQuery(id, { step: step === null ? null : step - 1, find: sought }))
  const [agreed, setAgreed] = useState<readonly string[]>([])
  const command = useCommand(id, agreed)
  const detail = query.data
  return (
    <Page
      title={detail?.run.title ?? 'Run'}
      detail={detail === undefined ? undefined : <RunBadge detail={detail} />}
      actions={detail === undefined ? undefined : <RunActions detail={detail} command={command} />}
    >
      <Loaded query={query} what={`run ${id}`}>
        {(run) => (
          <>
            {(run.undecided.length > 0 || run.run.wish === 'pause') && (
              <AgreeList verb="Go on" preview={{ findings: run.asks }} agreed={agreed} onAgree={setAgreed} />
            )}
            <GateQuestions detail={run} command={command} />
            <RunNotices detail={run} command={command} onSetAside={setAside} />
            <div className={AREAS}>
              <Panel className="p-2! [grid-area:steps]">
                <Stepper
                  label="Steps"
                  steps={stepperSteps(run)}
                  current={String(run.shownStep)}
                  onChoose={(chosen) => void setStep(Number(chosen) + 1)}
                />
              </Panel>
              <div className="flex min-w-0 flex-col gap-4 [grid-area:main]">
                <StepCard detail={run} followed={step === null} onFollow={() => void setStep(null)}>
                  <MembersList detail={run} find={find} onFind={setFind} command={command} onSetAside={setAside} />
                </StepCard>
                <CommandsCard detail={run} />
              </div>
              <div className="flex min-w-0 flex-col gap-4 [grid-area:side]">
                <ClockCard detail={run} />
                <SetAsideCard detail={run} />
                <LogCard log={run.log} />
              </div>
            </div>
            <RunLedgerCard detail={run} />
            <AsideDialog detail={run} members={aside} command={command} onClose={() => setAside([])} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** The step that is looked at comes first in a narrow window; in a wide one it stands in the middle. */
const AREAS = clsx(
  'grid items-start gap-4',
  "grid-cols-[minmax(0,1fr)] [grid-template-areas:'main'_'steps'_'side']",
  "lg:grid-cols-[19rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr] lg:[grid-template-areas:'steps_main'_'side_main']",
  "min-[86rem]:grid-cols-[17.5rem_minmax(0,1fr)_16.5rem] min-[86rem]:grid-rows-[auto] min-[86rem]:[grid-template-areas:'steps_main_side'] xl:grid-cols-[19rem_minmax(0,1fr)_18rem]",
)

function RunBadge({ detail: { run } }: { readonly detail: RunDetail }) {
  const { tone, text } = runWords(run.state, run.wish)
  return <Badge tone={tone}>{run.stepIdx === null ? text : `step ${run.stepIdx + 1} of ${run.steps}, ${text}`}</Badge>
}
