'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useCallback } from 'react'
import { Page } from '@/components/shell/page'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Link } from '@/components/ui/link'
import { SkeletonLines } from '@/components/ui/skeleton'
import { WizardSteps } from '@/components/ui/stepper'
import { LookGate } from '@/components/wizard/look-gate'
import { PlanStage } from '@/components/wizard/plan-stage'
import { STAGES, type Stage, useStage } from '@/components/wizard/stage'
import { keyOf, useLooks } from '@/components/wizard/use-look'
import type { ActionResult } from '@/lib/views/recover'
import type { SetUpPreview } from '@/lib/views/set-up'
import { type Approved, ChangesApproveStage } from './approve-stage'
import { ChangesStage } from './changes-stage'
import { ChangesFoundStage } from './found-stage'
import type { ChangeWords } from './words'

/** What is asked for differs; choose, what we found, what will change, what will run and approve do not. */
export interface ChangeWizardProps<I> {
  readonly title: string
  readonly badge: string
  /** Null where the choice does not say enough yet. */
  readonly intent: I | null
  readonly state: 'reading' | 'ready'
  /** Asked right before a start: what the draft is then. */
  readonly newest: () => { readonly intent: I | null; readonly requestId: string }
  readonly reads: readonly string[]
  readonly sites: readonly string[]
  readonly preview: (intent: I) => Promise<ActionResult<SetUpPreview>>
  readonly start: (
    input: Approved & { readonly requestId: string; readonly intent: I },
  ) => Promise<ActionResult<{ readonly runId: string }>>
  readonly onClear: () => void
  readonly words: ChangeWords
  readonly choose: (onNext: () => void) => ReactNode
}

const SHOWN = STAGES.map((stage) => (stage.id === 'lost' ? { ...stage, title: 'What will change' } : stage))

export function ChangeWizard<I>(props: ChangeWizardProps<I>) {
  const { title, badge, intent, state, newest, reads, sites, preview, start, onClear, words, choose } = props
  const router = useRouter()
  const { stage, go } = useStage()
  const look = useLooks(preview)
  const at: Stage = intent === null ? 'choose' : stage
  const { look: lookNow } = look
  const lookAgain = useCallback(() => {
    const asked = newest().intent
    if (asked !== null) void lookNow(asked)
  }, [lookNow, newest])
  const found = look.looked !== null && intent !== null && look.looked.key === keyOf(intent) ? look.looked : null
  const begin = async (approved: Approved) => {
    const { intent: asked, requestId } = newest()
    if (asked === null) return { ok: false as const, code: 'invalid', message: 'The choice is not complete any more.' }
    return start({ requestId, intent: asked, ...approved })
  }
  return (
    <Page
      title={title}
      detail={
        <span className="max-xl:hidden">
          <Badge>{badge}</Badge>
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
              onClear()
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
        <WizardSteps steps={SHOWN} current={at} onBack={(id) => go(id as Stage)} />
      </nav>
      {state === 'reading' ? (
        <SkeletonLines lines={6} label="Reading what was chosen" />
      ) : at === 'choose' ? (
        choose(() => {
          lookAgain()
          go('found')
        })
      ) : (
        <LookGate
          look={look}
          found={found}
          reads={{ sites, lines: reads }}
          onLook={lookAgain}
          onBack={() => go('choose')}
        >
          {(seen) => {
            const stageProps = { found: seen, onLookAgain: lookAgain, go, words }
            if (at === 'found') return <ChangesFoundStage {...stageProps} />
            if (at === 'lost') return <ChangesStage {...stageProps} />
            if (at === 'plan') return <PlanStage found={seen} onLookAgain={lookAgain} go={go} />
            return (
              <ChangesApproveStage
                {...stageProps}
                start={begin}
                onStarted={(runId) => {
                  onClear()
                  router.push(`/runs/${encodeURIComponent(runId)}`)
                }}
              />
            )
          }}
        </LookGate>
      )}
    </Page>
  )
}

/** The way on from the choice. */
export function ChooseFoot({ refusal, onNext }: { readonly refusal: string | null; readonly onNext: () => void }) {
  return (
    <footer className="bottom-0 z-20 -mx-4 mt-auto -mb-5 flex flex-wrap items-center gap-3 border-t border-line bg-ground px-4 py-3 md:sticky md:-mx-6 md:px-6">
      <p className="text-sm text-faint">
        Next, both sites are looked at: nothing is changed before you type the site's name.
      </p>
      <Button kind="action" className="ml-auto" refusal={refusal} onClick={onNext}>
        Look at both sides
      </Button>
    </footer>
  )
}
