'use client'

import { useState } from 'react'
import { useNow } from '@/components/live/clock'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyId } from '@/components/ui/copy-id'
import { Fact, Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { startRunAction } from '@/lib/actions/recover'
import { FENCE_WORDS } from '@/lib/domain/fencing'
import { specText } from '@/lib/domain/words'
import { countOf } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { FailoverPreview } from '@/lib/views/recover'
import { AgreeList, unagreed } from './agree-list'
import { useDraft } from './draft'
import { intentOf, MINDS_CLIENTS } from './intent'
import { Names } from './name-list'
import { StageFrame, type StageProps, useOldLook } from './stage-frame'
import { TypedSite, useStart } from './start-form'
import type { LookFailure } from './use-look'
import { WIZARD_WORDS } from './words'

interface ApproveStageProps extends StageProps {
  readonly onStarted: (runId: string) => void
}

export function ApproveStage({ found, onLookAgain, go, onStarted }: ApproveStageProps) {
  const { preview } = found
  const { typedSite: site, planHash } = preview
  const words = WIZARD_WORDS[preview.procedure]
  const [typed, setTyped] = useState('')
  const [agreed, setAgreed] = useState<readonly string[]>([])
  const { state, failure, forget, begin } = useStart(() => {
    const { draft } = useDraft.getState()
    const intent = intentOf(draft)
    if (intent === null || planHash === null) return null
    return startRunAction({ requestId: draft.requestId, intent, planHash, typed, consents: [...agreed] })
  }, onStarted)
  const old = useOldLook(preview)
  const name = typed.trim() === site ? null : site === '' ? 'Take the typed word out again' : `Type ${site} to start`
  const wrong = unagreed(preview, agreed) ?? name
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
          kind={site === '' ? 'action' : 'danger'}
          form="approve"
          type="submit"
          refusal={state === 'starting' ? 'Looking at both sides once more, then it starts' : (refusal ?? wrong)}
        >
          {state === 'starting' ? 'Starting' : words.action(preview.images)}
        </Button>
      )}
    >
      {failure !== null && <StartFailed failure={failure} onLookAgain={onLookAgain} />}
      <AgreeList verb="Start" preview={preview} agreed={agreed} onAgree={setAgreed} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="What you approve">
          <Approved preview={preview} />
        </Card>
        <Card title={words.typeTitle}>
          <form
            id="approve"
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              if (wrong === null && old === null && preview.refusal === null) void begin()
            }}
          >
            {site === '' ? (
              <p className="text-dim">
                Nothing has to be typed: it changes no role and loses nothing. Right before it starts, both sides are
                looked at once more.
              </p>
            ) : (
              <TypedSite site={site} typed={typed} onType={setTyped} />
            )}
          </form>
        </Card>
      </div>
    </StageFrame>
  )
}

function Approved({ preview }: { readonly preview: FailoverPreview }) {
  const { draft } = useDraft()
  const { from, to, images, ledger, planHash, procedure } = preview
  const words = WIZARD_WORDS[procedure]
  return (
    <>
      <Facts>
        <Fact label="Images">
          <AtRisk preview={preview} />
        </Fact>
        <Fact label={words.from}>{from}</Fact>
        <Fact label={words.to}>{to}</Fact>
        {procedure === 'forced-failover' && (
          <Fact label="Fence">
            {FENCE_WORDS[draft.fence.kind]}
            {draft.fence.note !== '' && <span className="text-faint">, {draft.fence.note}</span>}
          </Fact>
        )}
        <Fact label="Set aside">
          {ledger.setAside.length === 0 ? 'none' : countOf(ledger.setAside.length, 'image')}
        </Fact>
        <Fact label="If one cannot go">
          {draft.allOrNothing
            ? procedure === 'planned-failover' || procedure === 'demote'
              ? 'all stop, demoted ones are promoted back'
              : 'all that have not gone yet stop'
            : 'it stays with its clone family, the rest goes on'}
        </Fact>
        {MINDS_CLIENTS.includes(procedure) && (
          <Fact label="Clients that hold on">{draft.clients === 'wait' ? 'waited for' : 'evicted by blocklist'}</Fact>
        )}
        <Fact label="Plan">{planHash === null ? 'none' : <CopyId id={planHash} keep={17} />}</Fact>
      </Facts>
      <div className="mt-4 border-t border-line pt-4">
        <Names title={`The ${countOf(images, 'image')}`} names={ledger.rows.map(({ image }) => specText(image))} />
      </div>
      <p className="mt-4 text-dim">{words.approved(from, to)}</p>
    </>
  )
}

/** Counted on while somebody reads it: it is what makes hurry worth it, or not. */
function AtRisk({ preview: { images, ledger, procedure } }: { readonly preview: FailoverPreview }) {
  const now = useNow()
  const worst = ledger.rows.find(({ heldUntilAt }) => heldUntilAt !== null)?.heldUntilAt ?? null
  return (
    <>
      {countOf(images, 'image')}
      {worst !== null && procedure === 'planned-failover' && (
        <span className="text-faint">, the worst of them {durationText(exposureSec(worst, now))} behind</span>
      )}
    </>
  )
}

function StartFailed({ failure, onLookAgain }: { readonly failure: LookFailure; readonly onLookAgain: () => void }) {
  const { code, message } = failure
  const title =
    code === 'conflict'
      ? 'Not started: something has changed since you looked'
      : code === 'lost'
        ? 'It is not known whether it started'
        : 'Not started'
  return (
    <Notice
      tone={code === 'lost' ? 'unknown' : 'bad'}
      title={title}
      action={code === 'lost' ? undefined : <Button onClick={onLookAgain}>Look again</Button>}
    >
      <p className="break-words text-ink">{message}</p>
    </Notice>
  )
}
