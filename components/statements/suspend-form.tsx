'use client'

import { useState } from 'react'
import { useNow } from '@/components/live/clock'
import { Checkbox } from '@/components/ui/checkbox'
import { Select } from '@/components/ui/select'
import { suspendReplicationAction } from '@/lib/actions/statements'
import { sitesOf } from '@/lib/domain/words'
import type { StatementsView } from '@/lib/views/statements'
import { ReasonField, StatementForm } from './statement-form'
import { fieldOf, TimeField, timeOf } from './time-field'
import { useStating } from './use-stating'

const HOUR_MS = 3600_000

interface SuspendFormProps {
  readonly view: StatementsView
  readonly onClose: () => void
}

/** Between which sites, which way, which pools; why, from when, until when. What makes no sense the server says. */
export function SuspendForm({ view, onClose }: SuspendFormProps) {
  const stating = useStating()
  const now = useNow()
  // One for as long as the form is open: a second click is the same suspension.
  const [requestId] = useState(() => crypto.randomUUID())
  const [pair, setPair] = useState(view.pairs[0]?.pair ?? '')
  const [from, setFrom] = useState('')
  const [pools, setPools] = useState<readonly string[]>([])
  const [reason, setReason] = useState('')
  const [begin, setBegin] = useState('')
  const [end, setEnd] = useState(() => fieldOf(now + HOUR_MS))
  const [left = '', right = ''] = pair === '' ? [] : sitesOf(pair)
  const known = view.pairs.find((one) => one.pair === pair)?.pools ?? []
  const endsAt = timeOf(end)
  const refusal = reason.trim() === '' ? 'Give a reason' : endsAt === null ? 'Say when it ends' : null
  const send = async () => {
    if (endsAt === null) return
    const input = { requestId, sites: [left, right], from: from === '' ? null : from, pools, reason }
    if (await stating.state(() => suspendReplicationAction({ ...input, startsAt: timeOf(begin), endsAt }))) onClose()
  }
  return (
    <StatementForm stating={stating} go="Suspend" refusal={refusal} onSend={() => void send()} onClose={onClose}>
      <div className="flex flex-wrap gap-3">
        <Select
          label="Between which sites"
          value={pair}
          choices={view.pairs.map((one) => ({ value: one.pair, text: sitesOf(one.pair).join(' and ') }))}
          onChoose={(chosen) => {
            setPair(chosen)
            setFrom('')
            setPools([])
          }}
        />
        <Select
          label="Which way"
          value={from}
          choices={[
            { value: '', text: 'both ways' },
            { value: left, text: `${left} to ${right}` },
            { value: right, text: `${right} to ${left}` },
          ]}
          onChoose={setFrom}
        />
      </div>
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 text-sm text-dim">Pools: all, unless some are chosen</legend>
        <ul className="flex flex-wrap gap-x-5 gap-y-1.5">
          {known.map((pool) => (
            <li key={pool} className="flex items-center gap-2">
              <Checkbox
                label={pool}
                state={pools.includes(pool) ? 'on' : 'off'}
                onToggle={() => setPools(pools.includes(pool) ? pools.filter((one) => one !== pool) : [...pools, pool])}
              />
              <span aria-hidden className="font-mono text-sm">
                {pool}
              </span>
            </li>
          ))}
        </ul>
      </fieldset>
      <ReasonField
        label="Reason"
        hint="What is done to the link, and by whom. Everybody who is alarmed reads it"
        value={reason}
        onChange={setReason}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TimeField label="Begins" hint="Empty: now" value={begin} onChange={setBegin} />
        <TimeField label="Ends" hint="24 hours later at most" value={end} onChange={setEnd} />
      </div>
      <p className="text-dim">
        Nothing is changed at the clusters. Only lag falls silent: what would be lost counts on and stays in sight, and
        whatever else goes wrong alarms as ever. A failover asks first.
      </p>
    </StatementForm>
  )
}
