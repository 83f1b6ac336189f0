'use client'

import { useState } from 'react'
import { useNow } from '@/components/live/clock'
import { acknowledgeOutageAction, extendSuspensionAction } from '@/lib/actions/statements'
import type { ActionResult } from '@/lib/views/recover'
import type { SuspensionView } from '@/lib/views/statements'
import { ReasonField, StatementForm } from './statement-form'
import { fieldOf, TimeField, timeOf } from './time-field'
import { useStating } from './use-stating'

const HOUR_MS = 3600_000

/** A new end, and why. */
export function ExtendForm({ one, onClose }: { readonly one: SuspensionView; readonly onClose: () => void }) {
  const stating = useStating()
  const now = useNow()
  // The end as it was when the form was opened: the server refuses where somebody has moved it since.
  const [knownEndsAt] = useState(one.endsAt)
  const [end, setEnd] = useState(() => fieldOf(Math.max(now, one.endsAt) + HOUR_MS))
  const [reason, setReason] = useState('')
  const endsAt = timeOf(end)
  const refusal = reason.trim() === '' ? 'Give a reason' : endsAt === null ? 'Say when it ends' : null
  const send = async () => {
    if (endsAt === null) return
    const input = { id: one.id, knownEndsAt, endsAt, reason }
    if (await stating.state(() => extendSuspensionAction(input))) onClose()
  }
  return (
    <StatementForm stating={stating} go="Extend" refusal={refusal} onSend={() => void send()} onClose={onClose}>
      <TimeField label="Ends" hint="24 hours from now at most" value={end} onChange={setEnd} />
      <ReasonField label="Reason" hint="Why it takes longer" value={reason} onChange={setReason} />
    </StatementForm>
  )
}

/** Why it is waited for, and until when. */
export function AcknowledgeForm({ site, onClose }: { readonly site: string; readonly onClose: () => void }) {
  const stating = useStating()
  const [requestId] = useState(() => crypto.randomUUID())
  const [expected, setExpected] = useState('')
  const [reason, setReason] = useState('')
  const refusal = reason.trim() === '' ? 'Say why it is not failed over' : null
  const send = async () => {
    const input = { requestId, site, reason, expectedAt: timeOf(expected) }
    if (await stating.state(() => acknowledgeOutageAction(input))) onClose()
  }
  return (
    <StatementForm stating={stating} go="Acknowledge" refusal={refusal} onSend={() => void send()} onClose={onClose}>
      <ReasonField
        label="Why it is not failed over"
        hint="The power is back at noon; a failover would lose more"
        value={reason}
        onChange={setReason}
      />
      <TimeField
        label="Expected back"
        hint="May be left empty. Once it has passed, that is an alarm"
        value={expected}
        onChange={setExpected}
      />
      <p className="text-dim">
        Nothing is changed. The clock runs on from when {site} was last heard, and so does what would be lost. When it
        is back, the console looks image by image whether replication has gone on.
      </p>
    </StatementForm>
  )
}

interface ReasonFormProps {
  readonly go: string
  readonly says: string
  readonly need: 'reason' | 'nothing'
  readonly act: (reason: string) => Promise<ActionResult<unknown>>
  readonly onClose: () => void
}

/** An end of something: what follows from it, and a reason. */
export function ReasonForm({ go, says, need, act, onClose }: ReasonFormProps) {
  const stating = useStating()
  const [reason, setReason] = useState('')
  const refusal = need === 'reason' && reason.trim() === '' ? 'Give a reason' : null
  const send = async () => {
    if (await stating.state(() => act(reason))) onClose()
  }
  return (
    <StatementForm stating={stating} go={go} refusal={refusal} onSend={() => void send()} onClose={onClose}>
      <p className="text-dim">{says}</p>
      <ReasonField
        label="Reason"
        hint={need === 'reason' ? 'It stays with the record' : 'May be left empty'}
        value={reason}
        onChange={setReason}
      />
    </StatementForm>
  )
}
