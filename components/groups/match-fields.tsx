'use client'

import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { Condition, Match } from '@/lib/domain/group'

const CONDITIONS = [
  { value: 'tenant', text: 'tenant' },
  { value: 'type', text: 'volume type' },
  { value: 'backend', text: 'Cinder backend' },
  { value: 'volume-metadata', text: 'volume metadata' },
  { value: 'server', text: 'server' },
  { value: 'server-metadata', text: 'server metadata' },
] as const
const MATCHES = [
  { value: 'name', text: 'name' },
  { value: 'id', text: 'id' },
  { value: 'metadata', text: 'metadata' },
] as const

const width = 'min-w-32 flex-1'

interface ConditionFieldsProps {
  readonly label: string
  readonly value: Condition
  readonly onChange: (value: Condition) => void
}

/** What is asked, and its answer; of metadata the key as well. */
export function ConditionFields({ label, value, onChange }: ConditionFieldsProps) {
  const choose = (word: string) => {
    const on = CONDITIONS.find((one) => one.value === word)?.value ?? 'tenant'
    onChange(
      on === 'volume-metadata' || on === 'server-metadata'
        ? { on, key: 'key' in value ? value.key : '', is: value.is }
        : { on, is: value.is },
    )
  }
  return (
    <>
      <Select label={`${label}: what`} value={value.on} choices={CONDITIONS} onChoose={choose} />
      {'key' in value && (
        <Input
          aria-label={`${label}: key`}
          placeholder="key"
          value={value.key}
          onChange={(event) => onChange({ ...value, key: event.target.value })}
          className={width}
        />
      )}
      <Input
        aria-label={`${label}: value`}
        placeholder={value.on === 'tenant' ? 'shop, or shop-*' : 'value; * is any letters'}
        value={value.is}
        onChange={(event) => onChange({ ...value, is: event.target.value })}
        className={width}
      />
    </>
  )
}

interface MatchFieldsProps {
  readonly label: string
  readonly value: Match
  readonly onChange: (value: Match) => void
}

/** Which members: by name, id, or metadata. */
export function MatchFields({ label, value, onChange }: MatchFieldsProps) {
  const text = value.by === 'id' ? value.id : value.by === 'name' ? value.name : value.is
  const withText = (by: Match['by'], word: string, key: string): Match =>
    by === 'id' ? { by, id: word } : by === 'name' ? { by, name: word } : { by, key, is: word }
  const key = value.by === 'metadata' ? value.key : ''
  return (
    <>
      <Select
        label={`${label}: by`}
        value={value.by}
        choices={MATCHES}
        onChoose={(word) => onChange(withText(MATCHES.find((one) => one.value === word)?.value ?? 'name', text, key))}
      />
      {value.by === 'metadata' && (
        <Input
          aria-label={`${label}: key`}
          placeholder="key"
          value={key}
          onChange={(event) => onChange({ ...value, key: event.target.value })}
          className={width}
        />
      )}
      <Input
        aria-label={`${label}: value`}
        placeholder={value.by === 'id' ? 'id' : 'value; * is any letters'}
        value={text}
        onChange={(event) => onChange(withText(value.by, event.target.value, key))}
        className={width}
      />
    </>
  )
}
