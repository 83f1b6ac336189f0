'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ServiceForm } from '@/components/status/service-form'
import { useSaving } from '@/components/status/use-saving'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Dialog } from '@/components/ui/dialog'
import { Link } from '@/components/ui/link'
import { StateText } from '@/components/ui/state-mark'
import { nameSelectionAction } from '@/lib/actions/status'
import { may } from '@/lib/domain/actor'
import { imagesQuery } from '@/lib/queries/images'
import { shellQuery } from '@/lib/queries/shell'
import { countOf } from '@/lib/views/count-text'
import { filterText, type ImagesFilter } from '@/lib/views/images-filter'
import type { ImagesView } from './use-images-view'

/** Gives the images of this filter a name that people outside the console read. */
export function NameSelection({ view, total }: { readonly view: ImagesView; readonly total: number | null }) {
  const [open, setOpen] = useState(false)
  const { data: shell } = useQuery(shellQuery())
  const allowed = shell !== undefined && may(shell.role, 'status:edit')
  return (
    <>
      <Button
        size="small"
        refusal={allowed ? null : 'Only an operator may name services for the status page'}
        onClick={() => setOpen(true)}
      >
        Name for the status page…
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Name these images for the status page"
        description="The page speaks of them by this name alone: it shows no pool, no image and no host."
      >
        <NameForm
          view={view}
          total={total}
          sites={shell?.sites.map(({ name }) => name) ?? []}
          onClose={() => setOpen(false)}
        />
      </Dialog>
    </>
  )
}

interface NameFormProps {
  readonly view: ImagesView
  readonly total: number | null
  readonly sites: readonly string[]
  readonly onClose: () => void
}

function NameForm({ view, total, sites, onClose }: NameFormProps) {
  const saving = useSaving()
  const [done, setDone] = useState(false)
  // One for as long as the form is open: a second click is the same service.
  const [requestId] = useState(() => crypto.randomUUID())
  const { data } = useQuery(imagesQuery(view.list, 0))
  const { filter } = view.list
  if (done) {
    return (
      <div className="flex items-center justify-between gap-4">
        <StateText tone="ok">It is on the status page.</StateText>
        <Link href="/status" className={buttonStyle('action')}>
          Open the status page
        </Link>
      </div>
    )
  }
  return (
    <ServiceForm
      before={{ name: '', sentence: '', objective: '', home: mostOf(data?.rows.map((row) => row.primarySite) ?? []) }}
      sites={sites}
      go="Name them"
      saving={saving}
      onSave={(fields) =>
        void saving
          .save(() => nameSelectionAction({ requestId, filter: filterText(filter), ...fields }))
          .then((taken) => taken && setDone(true))
      }
      onClose={onClose}
    >
      <p className="text-dim">
        {total === null ? 'The images of this filter' : countOf(total, 'image')}
        {filterText(filter) === '' && ', all there are'}
        {'. What matches the filter later belongs to it too.'}
      </p>
      {total === 0 && (
        <StateText tone="behind">
          No image matches this filter now. The page will say that nothing belongs to it.
        </StateText>
      )}
      {isOfState(filter) && (
        <StateText tone="behind">
          This filter is of a state or a direction: images leave it when they recover or move, and the page would lose
          them.
        </StateText>
      )}
    </ServiceForm>
  )
}

const isOfState = ({ verdict, behind, from, to }: ImagesFilter): boolean =>
  verdict.length > 0 || behind !== '' || from !== '' || to !== ''

/** The site that most of those in sight have their primary at; '' where none has. */
function mostOf(sites: readonly (string | null)[]): string {
  const counts = new Map<string, number>()
  for (const site of sites) if (site !== null) counts.set(site, (counts.get(site) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}
