'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useSaving } from '@/components/status/use-saving'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Card } from '@/components/ui/card'
import { Field, fieldStyle, Input } from '@/components/ui/input'
import { Link } from '@/components/ui/link'
import { Select } from '@/components/ui/select'
import { changeGroupAction, createGroupAction } from '@/lib/actions/groups'
import type { GroupSpec } from '@/lib/domain/group'
import { draftOf, type GroupDraft, newDraft, specOf } from './form-draft'
import { FormPreview, usePreview } from './form-preview'
import { MarksEditor } from './marks-editor'
import { RulesEditor } from './rules-editor'
import { StagesEditor } from './stages-editor'

interface GroupFormProps {
  readonly clouds: readonly string[]
  /** Null: a new one. */
  readonly before: { readonly id: string; readonly version: number; readonly spec: GroupSpec } | null
}

const PRIORITIES = ['1', '2', '3', '4', '5'].map((value) => ({
  value,
  text: value === '1' ? '1, brought back first' : value,
}))

/** A group, new or as it is, with whom it has now beside it. */
export function GroupForm({ clouds, before }: GroupFormProps) {
  const router = useRouter()
  const [draft, setDraft] = useState(() => (before === null ? newDraft(clouds[0] ?? '') : draftOf(before.spec)))
  const [requestId] = useState(() => crypto.randomUUID())
  const [offset, setOffset] = useState(0)
  const { saving, failure, save } = useSaving('groups')
  const made = specOf(draft)
  // Whom it has can be seen before it has a name.
  const seen = specOf({ ...draft, name: draft.name.trim() === '' ? 'this group' : draft.name })
  const preview = usePreview(before?.id ?? null, 'spec' in seen ? seen.spec : null, offset)
  const set = (change: Partial<GroupDraft>) => {
    setDraft({ ...draft, ...change })
    setOffset(0)
  }
  const refusal = saving ? 'On its way' : 'refusal' in made ? made.refusal : null
  const submit = async () => {
    if (!('spec' in made) || saving) return
    const { spec } = made
    const taken = await save(() =>
      before === null
        ? createGroupAction({ requestId, spec })
        : changeGroupAction({ id: before.id, version: before.version, spec }),
    )
    if (taken) router.push(`/groups/${encodeURIComponent(spec.name)}`)
  }
  return (
    <form
      className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div className="flex min-w-0 flex-col gap-4">
        <General draft={draft} clouds={clouds} set={set} />
        <Card title="Members by rule" aside="found afresh at every look">
          <RulesEditor rules={draft.rules} found={preview.data?.perRule ?? null} onChange={(rules) => set({ rules })} />
        </Card>
        <Card title="Members by hand" aside="name or id, one a line">
          <div className="grid gap-4 sm:grid-cols-2">
            <Lines label="Servers" value={draft.servers} onChange={(servers) => set({ servers })} />
            <Lines label="Volumes" value={draft.volumes} onChange={(volumes) => set({ volumes })} />
            <Lines
              label="Servers kept out"
              value={draft.withoutServers}
              onChange={(withoutServers) => set({ withoutServers })}
            />
            <Lines
              label="Volumes kept out"
              value={draft.withoutVolumes}
              onChange={(withoutVolumes) => set({ withoutVolumes })}
            />
          </div>
        </Card>
        <Card title="Boot order" aside="stopped the other way round">
          <StagesEditor stages={draft.stages} onChange={(stages) => set({ stages })} />
        </Card>
        <Card title="Marks">
          <MarksEditor marks={draft.marks} onChange={(marks) => set({ marks })} />
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-18">
        <FormPreview preview={preview} refusal={'refusal' in seen ? seen.refusal : null} onPage={setOffset} />
        {failure !== null && (
          <p role="alert" className="text-bad">
            ✕ {failure}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Link
            href={before === null ? '/groups' : `/groups/${encodeURIComponent(before.spec.name)}`}
            className={buttonStyle('quiet')}
          >
            Cancel
          </Link>
          <Button kind="action" type="submit" refusal={refusal}>
            {before === null ? 'Make the group' : 'Save'}
          </Button>
        </div>
      </div>
    </form>
  )
}

interface GeneralProps {
  readonly draft: GroupDraft
  readonly clouds: readonly string[]
  readonly set: (change: Partial<GroupDraft>) => void
}

function General({ draft, clouds, set }: GeneralProps) {
  return (
    <Card title="What it is">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name">
          <Input value={draft.name} maxLength={60} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <div className="flex flex-col gap-1.5">
          <span className="text-sm text-dim">Cloud</span>
          <Select
            label="Cloud"
            value={draft.cloud}
            choices={clouds.map((cloud) => ({ value: cloud, text: cloud }))}
            onChoose={(cloud) => set({ cloud })}
          />
        </div>
        <Field label="RPO" hint="30s, 2m, 1h. Left out: as volume types and pools say">
          <Input value={draft.rpo} onChange={(event) => set({ rpo: event.target.value })} />
        </Field>
        <Field label="RTO" hint="In which time it is to run at the other site">
          <Input value={draft.rto} onChange={(event) => set({ rto: event.target.value })} />
        </Field>
        <div className="flex flex-col gap-1.5">
          <span className="text-sm text-dim">Priority</span>
          <Select
            label="Priority"
            value={String(draft.priority)}
            choices={PRIORITIES}
            onChoose={(priority) => set({ priority: Number(priority) })}
          />
        </div>
      </div>
    </Card>
  )
}

interface LinesProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

const Lines = ({ label, value, onChange }: LinesProps) => (
  <Field label={label}>
    <textarea
      rows={3}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`${fieldStyle} h-auto py-2 font-mono text-sm`}
    />
  </Field>
)
