'use client'

import { useNow } from '@/components/live/clock'
import { Field, Input } from '@/components/ui/input'
import type { Fence } from '@/lib/domain/plan'
import { ChoiceCards } from './choice-cards'

const CARDS: readonly { readonly value: Fence['kind']; readonly title: string; readonly detail: string }[] = [
  {
    value: 'not-proven',
    title: 'Nothing yet',
    detail: 'It is silent, but its clients may go on writing. The claim of loss grows with each second.',
  },
  {
    value: 'power',
    title: 'Its power is off',
    detail: 'Hosts or storage are switched off, seen by somebody or by their controllers.',
  },
  {
    value: 'network',
    title: 'Its network is cut',
    detail: 'From outside. Clients inside it may still write there: the claim goes on.',
  },
  {
    value: 'blocklist',
    title: 'Its clients are blocklisted',
    detail: 'ceph osd blocklist, set at the lost site by somebody who reaches it.',
  },
  {
    value: 'peer-key',
    title: "The peer's key is taken back",
    detail: 'Nothing is pulled from it; its own clients may still write.',
  },
]

/** Silent is not dead. What keeps the lost site from taking writes is asked, and checked as far as it can be from outside. */
export function FencePicker({ fence, onChange }: { readonly fence: Fence; readonly onChange: (fence: Fence) => void }) {
  // The console's clock, by which everything else here is told.
  const now = useNow()
  const choose = (kind: Fence['kind']) =>
    onChange({ kind, at: kind === 'not-proven' ? null : (fence.at ?? Math.round(now)), note: fence.note })
  return (
    <div className="flex flex-col gap-4">
      <ChoiceCards label="What fences the lost site" value={fence.kind} onChoose={choose} cards={CARDS} />
      {fence.kind !== 'not-proven' && (
        <div className="grid gap-4 md:grid-cols-2">
          <Field label="Fenced since" hint="In your time zone. Writes may be lost up to here: later is the safe side">
            <Input
              type="datetime-local"
              step={1}
              value={localText(fence.at ?? now)}
              onChange={(event) => {
                const at = new Date(event.target.value).getTime()
                if (Number.isFinite(at)) onChange({ ...fence, at })
              }}
            />
          </Field>
          <Field label="Who says so, and how it was seen" hint="Goes into the run and the audit trail">
            <Input
              value={fence.note}
              maxLength={500}
              onChange={(event) => onChange({ ...fence, note: event.target.value })}
            />
          </Field>
        </div>
      )}
    </div>
  )
}

/** As an input of type datetime-local takes it, in the browser's own time zone. */
function localText(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 19)
}
