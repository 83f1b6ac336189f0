'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { Page } from '@/components/shell/page'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { SkeletonLines } from '@/components/ui/skeleton'
import { WizardSteps } from '@/components/ui/stepper'
import type { ImageProcedure } from '@/lib/domain/plan'
import { ApproveStage } from './approve-stage'
import { ChooseStage } from './choose-stage'
import { useDraft } from './draft'
import { FoundStage } from './found-stage'
import { intentOf } from './intent'
import { LookGate } from './look-gate'
import { LostStage } from './lost-stage'
import { PlanStage } from './plan-stage'
import { STAGES, type Stage, useStage } from './stage'
import { useHandover } from './use-handover'
import { keyOf, useLook } from './use-look'
import { WIZARD_WORDS } from './words'

/** Choose, what we found, what would be lost, what will run, approve; then the run's own screen. */
export function FailoverWizard({ procedure }: { readonly procedure: ImageProcedure }) {
  const router = useRouter()
  const { stage, go } = useStage()
  const { draft, clear } = useDraft()
  const handover = useHandover(procedure)
  const words = WIZARD_WORDS[procedure]
  const look = useLook()
  const intent = intentOf(draft)
  const at: Stage = intent === null ? 'choose' : stage
  const { look: lookNow } = look
  const lookAgain = useCallback(() => {
    const { draft: newest } = useDraft.getState()
    const asked = intentOf(newest)
    if (asked !== null) void lookNow(asked)
  }, [lookNow])
  const found = look.looked !== null && intent !== null && look.looked.key === keyOf(intent) ? look.looked : null
  const start = (runId: string) => {
    clear(procedure)
    router.push(`/runs/${encodeURIComponent(runId)}`)
  }
  return (
    <Page
      title={draft.from === '' || draft.to === '' ? words.title : words.heading(draft.from, draft.to)}
      detail={
        <span className="max-xl:hidden">
          <Badge>{words.badge}</Badge>
        </span>
      }
      actions={
        <>
          <span className="max-md:hidden">
            <Badge>draft kept</Badge>
          </span>
          <Button
            kind="ghost"
            onClick={() => {
              clear(procedure)
              go('choose')
            }}
          >
            Start over
          </Button>
          <Link href="/recover" className={buttonStyle()}>
            Leave
          </Link>
        </>
      }
    >
      <nav aria-label="Wizard">
        <WizardSteps steps={STAGES} current={at} onBack={(id) => go(id as Stage)} />
      </nav>
      {handover === 'reading' ? (
        <SkeletonLines lines={6} label="Reading what was chosen" />
      ) : at === 'choose' ? (
        <ChooseStage
          handover={handover}
          onNext={() => {
            lookAgain()
            go('found')
          }}
        />
      ) : (
        <LookGate look={look} found={found} onLook={lookAgain} onBack={() => go('choose')}>
          {(seen) => {
            const props = { found: seen, onLookAgain: lookAgain, go }
            if (at === 'found') return <FoundStage {...props} />
            if (at === 'lost') return <LostStage {...props} />
            if (at === 'plan') return <PlanStage {...props} />
            return <ApproveStage {...props} onStarted={start} />
          }}
        </LookGate>
      )}
    </Page>
  )
}
