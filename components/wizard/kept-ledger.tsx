'use client'

import { TallTable } from '@/components/table/tall-table'
import { Panel } from '@/components/ui/card'
import { Figure, Figures } from '@/components/ui/figure'
import type { FailoverPreview } from '@/lib/views/recover'
import { sizeText } from '@/lib/views/size-text'
import { ImageCell, SizeCell } from './ledger-cells'
import { AsideFigure, ShareFigure } from './ledger-figures'

/** Nothing is lost; what is put aside takes room, and every image is copied once in full. */
export function KeptHeadline({ preview }: { readonly preview: FailoverPreview }) {
  const { ledger, from, to } = preview
  const bytes = ledger.rows.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
  return (
    <Panel className="flex flex-col gap-4">
      <p className="max-w-5xl text-lg">
        <strong className="font-semibold">Nothing is deleted.</strong> What {to} has of these images is kept there under
        another name, with the writes that {from} never got. New copies are made of {from}, in full.
      </p>
      <Figures>
        <ShareFigure preview={preview} label={`get a new copy at ${to}`} />
        <Figure size="large" label={`at most to copy, and to keep at ${to}`}>
          {sizeText(bytes)}
        </Figure>
        <AsideFigure preview={preview} />
      </Figures>
    </Panel>
  )
}

/** The copies are deleted, and nothing with them: each is proven to have nothing that its primary lacks. */
export function ResyncHeadline({ preview }: { readonly preview: FailoverPreview }) {
  const { ledger, from, to } = preview
  const bytes = ledger.rows.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
  return (
    <Panel className="flex flex-col gap-4">
      <p className="max-w-5xl text-lg">
        <strong className="font-semibold">No write is lost:</strong> {from} holds all that these copies at {to} have,
        with the proof beside each. They are deleted there, and copied again from {from} in full.
      </p>
      <Figures>
        <ShareFigure preview={preview} label={`are copied again to ${to}`} />
        <Figure size="large" label="at most to copy">
          {sizeText(bytes)}
        </Figure>
        <AsideFigure preview={preview} />
      </Figures>
    </Panel>
  )
}

export function KeptLedger({ ledger }: { readonly ledger: FailoverPreview['ledger'] }) {
  return (
    <TallTable
      label="What becomes of each copy"
      rows={ledger.rows}
      rowPx={40}
      keyOf={({ key }) => key}
      columns={[
        { title: 'Image', rem: 20 },
        { title: 'What becomes of its copy', rem: 32 },
        { title: 'Size', rem: 5, align: 'right' },
      ]}
      cells={(row) => (
        <>
          <ImageCell row={row} />
          <td className="px-2 text-sm text-dim">{row.text}</td>
          <SizeCell row={row} />
        </>
      )}
    />
  )
}
