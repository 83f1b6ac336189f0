'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyId } from '@/components/ui/copy-id'
import { Fact, Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { AgreeList, unagreed } from '@/components/wizard/agree-list'
import { StageFrame, type StageProps, useOldLook } from '@/components/wizard/stage-frame'
import { TypedSite, useStart } from '@/components/wizard/start-form'
import { countOf } from '@/lib/views/count-text'
import type { ActionResult } from '@/lib/views/recover'
import type { SetUpPreview } from '@/lib/views/set-up'
import type { ChangeWords } from './words'

/** What is sent with a start: the plan that was shown, the name that was typed, and what was agreed to. */
export interface Approved {
  readonly planHash: string
  readonly typed: string
  readonly consents: string[]
}

interface ApproveProps extends StageProps<SetUpPreview> {
  readonly words: ChangeWords
  readonly start: (approved: Approved) => Promise<ActionResult<{ readonly runId: string }>>
  readonly onStarted: (runId: string) => void
}

export function ChangesApproveStage({ found, onLookAgain, go, words, start, onStarted }: ApproveProps) {
  const { preview } = found
  const { typedSite: site, planHash } = preview
  const [typed, setTyped] = useState('')
  const [agreed, setAgreed] = useState<readonly string[]>([])
  const { state, failure, forget, begin } = useStart(
    () => (planHash === null ? null : start({ planHash, typed, consents: [...agreed] })),
    onStarted,
  )
  const old = useOldLook(preview)
  const wrong = unagreed(preview, agreed) ?? (typed.trim() === site ? null : `Type ${site} to start`)
  const { label, kind } = words.start(preview)
  return (
    <StageFrame
      found={found}
      onLookAgain={() => {
        forget()
        onLookAgain()
      }}
      onBack={() => go('plan')}
      next={(refusal) => (
        <Button
          kind={kind}
          form="approve"
          type="submit"
          refusal={state === 'starting' ? 'Looking at both sides once more, then it starts' : (refusal ?? wrong)}
        >
          {state === 'starting' ? 'Starting' : label}
        </Button>
      )}
    >
      {failure !== null && (
        <Notice
          tone={failure.code === 'lost' ? 'unknown' : 'bad'}
          title={failure.code === 'conflict' ? 'Not started: something has changed since you looked' : 'Not started'}
          action={<Button onClick={onLookAgain}>Look again</Button>}
        >
          <p className="break-words text-ink">{failure.message}</p>
        </Notice>
      )}
      <AgreeList verb="Start" preview={preview} agreed={agreed} onAgree={setAgreed} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="What you approve">
          <WhatIsApproved preview={preview} words={words} />
        </Card>
        <Card title={words.typeTitle(preview)}>
          <form
            id="approve"
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              if (wrong === null && old === null && preview.refusal === null) void begin()
            }}
          >
            <TypedSite site={site} typed={typed} onType={setTyped} />
          </form>
        </Card>
      </div>
    </StageFrame>
  )
}

function WhatIsApproved({ preview, words }: { readonly preview: SetUpPreview; readonly words: ChangeWords }) {
  const { setAside, planHash } = preview
  return (
    <>
      <Facts>
        {words.facts(preview).map(({ label, text }) => (
          <Fact key={label} label={label}>
            {text}
          </Fact>
        ))}
        <Fact label="Set aside">{setAside.length === 0 ? 'none' : countOf(setAside.length, 'image')}</Fact>
        <Fact label="Plan">{planHash === null ? 'none' : <CopyId id={planHash} keep={17} />}</Fact>
      </Facts>
      <div className="mt-4 border-t border-line pt-4 text-dim">{words.caution(preview)}</div>
    </>
  )
}
