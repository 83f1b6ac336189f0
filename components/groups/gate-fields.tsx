'use client'

import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { Stage } from '@/lib/domain/group'

type Gate = Stage['gates'][number]

const KINDS = [
  { value: 'port', text: 'a port takes connections' },
  { value: 'http', text: 'an address answers' },
  { value: 'pause', text: 'a fixed pause' },
  { value: 'human', text: 'a person says so' },
] as const

export const NEW_GATES: Readonly<Record<Gate['kind'], Gate>> = {
  port: { kind: 'port', host: '', port: 5432 },
  http: { kind: 'http', url: 'http://', status: 200 },
  pause: { kind: 'pause', sec: 30 },
  human: { kind: 'human', question: '' },
}

interface GateFieldsProps {
  readonly label: string
  readonly value: Gate
  readonly onChange: (value: Gate) => void
}

/** What has to be seen before the next stage starts. */
export function GateFields({ label, value, onChange }: GateFieldsProps) {
  return (
    <>
      <Select
        label={`${label}: what`}
        value={value.kind}
        choices={KINDS}
        onChoose={(kind) => onChange(NEW_GATES[KINDS.find((one) => one.value === kind)?.value ?? 'pause'])}
      />
      <Rest label={label} value={value} onChange={onChange} />
    </>
  )
}

const wide = 'min-w-40 flex-1'
const narrow = 'max-w-28'

function Rest({ label, value, onChange }: GateFieldsProps) {
  const number = (text: string) => Number.parseInt(text, 10) || 0
  switch (value.kind) {
    case 'port':
      return (
        <>
          <Input
            aria-label={`${label}: host`}
            placeholder="host, as the console reaches it"
            value={value.host}
            onChange={(event) => onChange({ ...value, host: event.target.value })}
            className={wide}
          />
          <Input
            aria-label={`${label}: port`}
            inputMode="numeric"
            value={value.port}
            onChange={(event) => onChange({ ...value, port: number(event.target.value) })}
            className={narrow}
          />
        </>
      )
    case 'http':
      return (
        <>
          <Input
            aria-label={`${label}: address`}
            value={value.url}
            onChange={(event) => onChange({ ...value, url: event.target.value })}
            className={wide}
          />
          <Input
            aria-label={`${label}: status of HTTP`}
            inputMode="numeric"
            value={value.status}
            onChange={(event) => onChange({ ...value, status: number(event.target.value) })}
            className={narrow}
          />
        </>
      )
    case 'pause':
      return (
        <span className="flex items-center gap-2 text-dim">
          <Input
            aria-label={`${label}: seconds`}
            inputMode="numeric"
            value={value.sec}
            onChange={(event) => onChange({ ...value, sec: number(event.target.value) })}
            className={narrow}
          />
          seconds
        </span>
      )
    case 'human':
      return (
        <Input
          aria-label={`${label}: question`}
          placeholder="Is the database clean?"
          value={value.question}
          onChange={(event) => onChange({ ...value, question: event.target.value })}
          className={wide}
        />
      )
  }
}
