'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useSaving } from '@/components/status/use-saving'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/input'
import { deleteGroupAction } from '@/lib/actions/groups'

interface DeleteGroupProps {
  readonly id: string
  readonly version: number
  readonly name: string
}

/** Deletes the group and nothing else: its name is typed first. */
export function DeleteGroup({ id, version, name }: DeleteGroupProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const { saving, failure, save } = useSaving('groups')
  const refusal = saving ? 'On its way' : typed.trim() === name ? null : `Type ${name} first`
  const remove = async () => {
    if (refusal === null && (await save(() => deleteGroupAction({ id, version, typed })))) router.push('/groups')
  }
  return (
    <>
      <Button kind="ghost" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <Dialog
        title={`Delete group ${name}`}
        description="Its volumes and servers, and what protects them, are not touched. What it said of their RPO, boot order and gates is gone."
        open={open}
        onOpenChange={setOpen}
      >
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            void remove()
          }}
        >
          <Field label={`Type ${name} to delete it`}>
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
          </Field>
          {failure !== null && (
            <p role="alert" className="text-bad">
              ✕ {failure}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button kind="danger" type="submit" refusal={refusal}>
              Delete
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
