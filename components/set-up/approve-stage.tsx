'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyId } from '@/components/ui/copy-id'
import { Fact, Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { AgreeList, unagreed } from '@/components/wizard/agree-list'
import { Names } from '@/components/wizard/name-list'
import { StageFrame, type StageProps, useOldLook } from '@/components/wizard/stage-frame'
import { TypedSite, useStart } from '@/components/wizard/start-form'
import { TAKEN_DOWN, takenDownBy } from '@/lib/domain/taken-down'
import { countOf } from '@/lib/views/count-text'
import type { ActionResult } from '@/lib/views/recover'
import type { SetUpPreview } from '@/lib/views/set-up'

/** What is sent with a start: the plan that was shown, the name that was typed, and what was agreed to. */
export interface Approved {
  readonly planHash: string
  readonly typed: string
  readonly consents: string[]
}

interface ApproveProps extends StageProps<SetUpPreview> {
  readonly start: (approved: Approved) => Promise<ActionResult<{ readonly runId: string }>>
  readonly onStarted: (runId: string) => void
}

export function SetUpApproveStage({ found, onLookAgain, go, start, onStarted }: ApproveProps) {
  const { preview } = found
  const { typedSite: site, planHash, procedure } = preview
  const [typed, setTyped] = useState('')
  const [agreed, setAgreed] = useState<readonly string[]>([])
  const { state, failure, forget, begin } = useStart(
    () => (planHash === null ? null : start({ planHash, typed, consents: [...agreed] })),
    onStarted,
  )
  const old = useOldLook(preview)
  const wrong = unagreed(preview, agreed) ?? (typed.trim() === site ? null : `Type ${site} to start`)
  const setUp = procedure === 'set-up'
  const what = takenDownBy(preview.steps)
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
          kind={setUp ? 'action' : 'danger'}
          form="approve"
          type="submit"
          refusal={state === 'starting' ? 'Looking at both sides once more, then it starts' : (refusal ?? wrong)}
        >
          {state === 'starting' ? 'Starting' : setUp ? 'Set up mirroring' : TAKEN_DOWN[what].start}
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
          <WhatIsApproved preview={preview} />
        </Card>
        <Card
          title={
            setUp
              ? 'Type the name of the site that gets the copies'
              : what === 'images'
                ? 'Type the name of the site that loses its copies'
                : `Type the name of the site ${site}`
          }
        >
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

function WhatIsApproved({ preview }: { readonly preview: SetUpPreview }) {
  const { from, to, images, changes, setAside, planHash, procedure, steps } = preview
  const setUp = procedure === 'set-up'
  const what = takenDownBy(steps)
  const deletes = what === 'images'
  const deleted = changes.filter(({ effect }) => effect === 'deletes').map(({ name }) => name)
  return (
    <>
      <Facts>
        {setUp || deletes ? (
          <>
            <Fact label={setUp ? 'The images are at' : 'Keeps its images'}>{from}</Fact>
            <Fact label={setUp ? 'Gets copies' : 'Loses its copies'}>{to}</Fact>
            <Fact label="Images">{countOf(images, 'image')}</Fact>
          </>
        ) : (
          <>
            <Fact label="At">
              {from} and {to}
            </Fact>
            <Fact label="Images and copies">all stay</Fact>
          </>
        )}
        <Fact label="Set aside">{setAside.length === 0 ? 'none' : countOf(setAside.length, 'image')}</Fact>
        <Fact label="Plan">{planHash === null ? 'none' : <CopyId id={planHash} keep={17} />}</Fact>
      </Facts>
      <p className="mt-4 border-t border-line pt-4 text-dim">
        {setUp
          ? `Each part is looked at first: what is so already is left. Nothing is protected before its copy at ${to} is whole.`
          : deleted.length > 0
            ? `rbd-mirror at ${to} deletes its copies as soon as their mirroring has ended. That cannot be taken back: to have them again, each is copied in full.`
            : `${TAKEN_DOWN[what].happens(from, to)}. ${TAKEN_DOWN[what].warning}`}
      </p>
      {deleted.length > 0 && (
        <div className="mt-3">
          <Names title={`The copies that are deleted at ${to}: ${deleted.length}`} names={deleted} />
        </div>
      )}
    </>
  )
}
