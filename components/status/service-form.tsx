'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { Saving } from './use-saving'

export interface ServiceFields {
  readonly name: string
  readonly sentence: string
  readonly objective: string
  /** '' where nobody can say. */
  readonly home: string
}

interface ServiceFormProps {
  readonly before: ServiceFields
  readonly sites: readonly string[]
  readonly go: string
  readonly saving: Saving
  /** What is to be known before it is sent. */
  readonly children?: ReactNode
  readonly onSave: (fields: ServiceFields) => void
  readonly onClose: () => void
}

/** How a service is called and described. Lengths and names are judged by the server; what it says stands below. */
export function ServiceForm({ before, sites, go, saving, children, onSave, onClose }: ServiceFormProps) {
  const [fields, setFields] = useState(before)
  const set = (change: Partial<ServiceFields>) => setFields({ ...fields, ...change })
  const refusal = saving.saving ? 'On its way' : fields.name.trim() === '' ? 'Give it a name' : null
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (refusal === null) onSave(fields)
      }}
    >
      <Field label="Name" hint="As those who use it call it. Others will read it">
        <Input value={fields.name} maxLength={60} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <Field label="What it is, in a sentence" hint="May be left out">
        <Input value={fields.sentence} maxLength={200} onChange={(event) => set({ sentence: event.target.value })} />
      </Field>
      <Field label="What was promised" hint="In your words, may be left out: at most 5 minutes of data lost">
        <Input value={fields.objective} maxLength={120} onChange={(event) => set({ objective: event.target.value })} />
      </Field>
      <div className="flex flex-col gap-1.5">
        <span className="text-sm text-dim">Its usual place</span>
        <Select
          label="Its usual place"
          value={fields.home}
          choices={[{ value: '', text: 'not said' }, ...sites.map((site) => ({ value: site, text: site }))]}
          onChoose={(home) => set({ home })}
          className="self-start"
        />
      </div>
      {children}
      {saving.failure !== null && (
        <p role="alert" className="text-bad">
          ✕ {saving.failure}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="action" type="submit" refusal={refusal}>
          {go}
        </Button>
      </div>
    </form>
  )
}
