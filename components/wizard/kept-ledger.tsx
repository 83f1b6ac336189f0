'use client'

import { TallTable } from '@/components/table/tall-table'
import { Panel } from '@/components/ui/card'
import { CopyId } from '@/components/ui/copy-id'
import { Figure, Figures } from '@/components/ui/figure'
import { specText } from '@/lib/domain/words'
import { countText } from '@/lib/views/count-text'
import type { FailoverPreview } from '@/lib/views/recover'
import { sizeText } from '@/lib/views/size-text'

/** Nothing is lost; what is put aside takes room, and every image is copied once in full. */
export function KeptHeadline({ preview: { ledger, from, to, images } }: { readonly preview: FailoverPreview }) {
  const bytes = ledger.rows.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
  return (
    <Panel className="flex flex-col gap-4">
      <p className="max-w-5xl text-lg">
        <strong className="font-semibold">Nothing is deleted.</strong> What {to} has of these images is kept there under
        another name, with the writes that {from} never got. New copies are made of {from}, in full.
      </p>
      <Figures>
        <Figure size="large" label={`get a new copy at ${to}`}>
          {countText(images)} of {countText(images + ledger.setAside.length)}
        </Figure>
        <Figure size="large" label={`at most to copy, and to keep at ${to}`}>
          {sizeText(bytes)}
        </Figure>
        <Figure size="large" label="set aside, see below" tone={ledger.setAside.length > 0 ? 'bad' : 'none'}>
          {countText(ledger.setAside.length)}
        </Figure>
      </Figures>
    </Panel>
  )
}

export function KeptLedger({ ledger }: { readonly ledger: FailoverPreview['ledger'] }) {
  return (
    <TallTable
      label="What is kept"
      rows={ledger.rows}
      rowPx={40}
      keyOf={({ key }) => key}
      columns={[
        { title: 'Image', rem: 20 },
        { title: 'What becomes of the copy that lost', rem: 32 },
        { title: 'Size', rem: 5, align: 'right' },
      ]}
      cells={(row) => (
        <>
          <td className="px-2">
            <CopyId id={specText(row.image)} keep={40} className="max-w-full" />
          </td>
          <td className="px-2 text-sm text-dim">{row.text}</td>
          <td className="px-2 text-right whitespace-nowrap text-dim">
            {row.sizeBytes === null ? '–' : sizeText(row.sizeBytes)}
          </td>
        </>
      )}
    />
  )
}
