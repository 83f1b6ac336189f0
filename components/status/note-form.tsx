'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, fieldStyle } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { annotateSelectionAction } from '@/lib/actions/status'
import type { ServiceStatus } from '@/lib/views/status'
import { useSaving } from './use-saving'

const GOOD_FOR = [
  { value: '30', text: '30 minutes' },
  { value: '60', text: '1 hour' },
  { value: '240', text: '4 hours' },
  { value: '1440', text: '1 day' },
] as const

interface NoteFormProps {
  readonly service: ServiceStatus
  readonly onClose: () => void
}

/** A note never stands for ever: it is chosen how long it is good for. */
export function NoteForm({ service, onClose }: NoteFormProps) {
  const saving = useSaving()
  const [note, setNote] = useState(service.note?.text ?? '')
  const [forMin, setForMin] = useState('60')
  const send = async (text: string) => {
    const input = { id: service.id, note: text, forMin: Number(forMin) }
    if (await saving.save(() => annotateSelectionAction(input))) onClose()
  }
  const refusal = saving.saving ? 'On its way' : note.trim() === '' ? 'Write something' : null
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (refusal === null) void send(note)
      }}
    >
      <Field label="Note" hint="Everybody who sees this page reads it">
        <textarea
          value={note}
          maxLength={280}
          rows={3}
          onChange={(event) => setNote(event.target.value)}
          className={`${fieldStyle} h-auto py-2`}
        />
      </Field>
      <div className="flex flex-col gap-1.5">
        <span className="text-sm text-dim">Good for</span>
        <Select label="Good for" value={forMin} choices={GOOD_FOR} onChoose={setForMin} className="self-start" />
      </div>
      {saving.failure !== null && (
        <p role="alert" className="text-bad">
          ✕ {saving.failure}
        </p>
      )}
      <div className="flex justify-end gap-2">
        {service.note !== null && (
          <Button kind="ghost" className="mr-auto" onClick={() => void send('')}>
            Take it away
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="action" type="submit" refusal={refusal}>
          Add the note
        </Button>
      </div>
    </form>
  )
}
