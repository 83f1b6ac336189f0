'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Age } from '@/components/live/age'
import { Loaded } from '@/components/live/loaded'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Field, Input } from '@/components/ui/input'
import { Link } from '@/components/ui/link'
import { endApartAction, keepApartAction } from '@/lib/actions/apart'
import { sitesOf } from '@/lib/domain/words'
import { apartQuery } from '@/lib/queries/apart'
import type { ApartImage } from '@/lib/views/apart'
import { countOf } from '@/lib/views/count-text'
import { ApartMeter } from './apart-meter'

interface ApartScreenProps {
  /** Handed over from the Images page. */
  readonly picked: readonly { readonly id: string; readonly name: string }[]
}

/** Images whose two histories are kept on purpose, and the form that says so of others. */
export function ApartScreen({ picked }: ApartScreenProps) {
  const query = useQuery(apartQuery())
  const open = new Set(query.data?.images.map(({ imageId }) => imageId))
  const fresh = picked.filter(({ id }) => !open.has(id))
  return (
    <>
      {fresh.length > 0 && <KeepForm picked={fresh} />}
      <Card title="Kept on both sides on purpose" aside="no alarm, and never counted as protected">
        <Loaded query={query} what="what is kept apart">
          {({ images }) =>
            images.length === 0 ? (
              <Empty title="Nothing is kept on both sides on purpose">
                Open an image that is primary at both sites, or in split-brain, and say there that both are kept.
              </Empty>
            ) : (
              <ul aria-label="Images kept apart" className="-my-3 divide-y divide-line">
                {images.map((image) => (
                  <ApartRow key={image.imageId} image={image} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
    </>
  )
}

function KeepForm({ picked }: ApartScreenProps) {
  const { reason, setReason, failure, busy, send } = useSaying()
  const [requestId] = useState(() => crypto.randomUUID())
  return (
    <Card title={`Keep both sides of ${countOf(picked.length, 'image')}`} aside="they are no alarm any more">
      <form
        className="flex max-w-2xl flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void send(() => keepApartAction({ requestId, ids: picked.map(({ id }) => id), reason }))
        }}
      >
        <p className="text-dim [overflow-wrap:anywhere]">
          {picked
            .slice(0, 5)
            .map(({ name }) => name)
            .join(', ')}
          {picked.length > 5 ? ', …' : ''}
        </p>
        <Field label="Why both are kept" error={failure}>
          <Input value={reason} maxLength={280} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <p>
          <Button
            type="submit"
            kind="action"
            refusal={busy ? 'Being written down' : reason.trim() === '' ? 'Say why' : null}
          >
            Keep both sides
          </Button>
        </p>
      </form>
    </Card>
  )
}

function ApartRow({ image }: { readonly image: ApartImage }) {
  const { reason, setReason, failure, busy, send } = useSaying()
  const [from, to] = sitesOf(image.pair)
  return (
    <li className="flex flex-col gap-2 py-3">
      <p className="font-mono text-sm [overflow-wrap:anywhere]">{image.name}</p>
      <p className="text-dim">
        Apart for <Age at={image.partedAt} />. <ApartMeter images={[image]} />
      </p>
      <p className="text-dim">
        {image.by}: {image.reason}
      </p>
      <details className="text-sm">
        <summary className="w-fit text-faint hover:text-ink">End this</summary>
        <form
          className="mt-2 flex max-w-2xl flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            void send(() => endApartAction({ ids: [image.imageId], reason }))
          }}
        >
          <Field label="Why it ends; it is an alarm again while both histories are there" error={failure}>
            <Input value={reason} maxLength={280} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <Button type="submit" refusal={busy ? 'Being written down' : reason.trim() === '' ? 'Say why' : null}>
            End it
          </Button>
          <Link
            href={`/recover/reprotect?${new URLSearchParams({ from, to, ids: image.imageId })}`}
            className="pb-2 underline underline-offset-3"
          >
            Choose the good copy instead…
          </Link>
        </form>
      </details>
    </li>
  )
}

/** A word of a person that is sent once, and what became of it. */
function useSaying() {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async (act: () => Promise<{ readonly ok: boolean; readonly message?: string }>) => {
    if (busy || reason.trim() === '') return
    setBusy(true)
    const answer = await act().catch(() => ({
      ok: false,
      message: 'The console did not answer: look at the list, then try again.',
    }))
    setBusy(false)
    setFailure(answer.ok ? null : (answer.message ?? ''))
    await client.invalidateQueries({ queryKey: ['apart'] })
  }
  return { reason, setReason, failure, busy, send }
}
