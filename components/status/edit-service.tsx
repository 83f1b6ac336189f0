'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { changeSelectionAction, removeSelectionAction } from '@/lib/actions/status'
import type { ServiceStatus, StatusView } from '@/lib/views/status'
import { NoteForm } from './note-form'
import { ServiceForm } from './service-form'
import { useSaving } from './use-saving'

interface EditServiceProps {
  readonly service: ServiceStatus
  readonly view: StatusView
}

type Open = 'nothing' | 'edit' | 'note' | 'remove'

/** What an operator may do to a service of this page. Not printed, and not there for others. */
export function EditService({ service, view }: EditServiceProps) {
  const [open, setOpen] = useState<Open>('nothing')
  const close = () => setOpen('nothing')
  const follow = (which: Open) => (now: boolean) => setOpen(now ? which : 'nothing')
  return (
    <div data-noprint className="mt-1 -ml-2.5 flex flex-wrap gap-1">
      {(
        [
          ['edit', 'Edit'],
          ['note', service.note === null ? 'Add a note' : 'Change the note'],
          ['remove', 'Remove'],
        ] as const
      ).map(([which, text]) => (
        <Button
          key={which}
          size="small"
          kind="ghost"
          aria-label={`${text}: ${service.name}`}
          onClick={() => setOpen(which)}
        >
          {text}
        </Button>
      ))}
      <Dialog open={open === 'edit'} onOpenChange={follow('edit')} title={`Edit ${service.name}`}>
        <EditForm service={service} view={view} onClose={close} />
      </Dialog>
      <Dialog
        open={open === 'note'}
        onOpenChange={follow('note')}
        title={`A note on ${service.name}`}
        description="It stands beside what is measured, with your name and the time, and goes by itself."
      >
        <NoteForm service={service} onClose={close} />
      </Dialog>
      <Dialog
        open={open === 'remove'}
        onOpenChange={follow('remove')}
        title={`Remove ${service.name} from this page?`}
        description="Its images and what protects them are not touched. The audit trail keeps what it was."
      >
        <RemoveForm service={service} onClose={close} />
      </Dialog>
    </div>
  )
}

interface FormProps {
  readonly service: ServiceStatus
  readonly onClose: () => void
}

function EditForm({ service, view, onClose }: FormProps & { readonly view: StatusView }) {
  const saving = useSaving()
  const { id, name, sentence, objective, home } = service
  return (
    <ServiceForm
      before={{ name, sentence, objective, home: home ?? '' }}
      sites={view.sites.map((site) => site.name)}
      go="Save"
      saving={saving}
      onSave={(fields) =>
        void saving.save(() => changeSelectionAction({ id, ...fields })).then((taken) => taken && onClose())
      }
      onClose={onClose}
    />
  )
}

function RemoveForm({ service, onClose }: FormProps) {
  const saving = useSaving()
  const remove = async () => {
    if (await saving.save(() => removeSelectionAction({ id: service.id }))) onClose()
  }
  return (
    <div className="flex flex-col gap-4">
      {saving.failure !== null && (
        <p role="alert" className="text-bad">
          ✕ {saving.failure}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button kind="danger" refusal={saving.saving ? 'On its way' : null} onClick={() => void remove()}>
          Remove
        </Button>
      </div>
    </div>
  )
}
