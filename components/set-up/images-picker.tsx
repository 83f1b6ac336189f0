'use client'

import { useState } from 'react'
import { TallTable } from '@/components/table/tall-table'
import { Checkbox } from '@/components/ui/checkbox'
import { Empty } from '@/components/ui/empty'
import { Field, Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { ChoiceCards } from '@/components/wizard/choice-cards'
import { countOf } from '@/lib/views/count-text'
import type { GroundView } from '@/lib/views/set-up'
import { sizeText } from '@/lib/views/size-text'
import { useSetUpDraft } from './draft'

type Image = GroundView['images'][number]

/** All of the pools, some by name, or none for now. */
export function ImagesPicker({ ground }: { readonly ground: GroundView }) {
  const { draft, change } = useSetUpDraft()
  const open = ground.images.filter(({ mirrored }) => mirrored === null).length
  return (
    <div className="flex flex-col gap-4">
      <ChoiceCards
        label="Which images"
        value={draft.scope}
        onChoose={(scope) => change({ scope })}
        cards={[
          {
            value: 'all',
            title: 'All images of the pools',
            detail:
              draft.pools.length === 0
                ? 'Choose pools first.'
                : `${countOf(open, 'image')} not mirrored yet, of ${ground.images.length}. Images that are made later are not among them.`,
          },
          { value: 'named', title: 'Some of them', detail: 'Picked below, each in a mode of its own.' },
          { value: 'none', title: 'None for now', detail: 'Pools and peers alone, or schedules alone.' },
        ]}
      />
      {draft.scope === 'named' && <ImageList images={ground.images} />}
    </div>
  )
}

function ImageList({ images }: { readonly images: readonly Image[] }) {
  const { draft, change } = useSetUpDraft()
  const [filter, setFilter] = useState('')
  const shown = images.filter(({ spec }) => spec.includes(filter.trim()))
  const picked = new Map(draft.images.map((one) => [one.spec, one.mode]))
  if (images.length === 0) return <Empty title="No image is in the chosen pools">Choose a pool that has images.</Empty>
  const toggle = ({ spec, mirrored }: Image) =>
    change({
      images: picked.has(spec)
        ? draft.images.filter((one) => one.spec !== spec)
        : [...draft.images, { spec, mode: mirrored ?? draft.mode }],
    })
  const all = shown.every(({ spec }) => picked.has(spec))
  const toggleAll = () => {
    const names = new Set(shown.map(({ spec }) => spec))
    const rest = draft.images.filter(({ spec }) => !names.has(spec))
    change({
      images: all
        ? rest
        : [...rest, ...shown.map(({ spec, mirrored }) => ({ spec, mode: picked.get(spec) ?? mirrored ?? draft.mode }))],
    })
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-4">
        <div className="w-72">
          <Field label="Name contains">
            <Input value={filter} onChange={(event) => setFilter(event.target.value)} />
          </Field>
        </div>
        <p className="pb-2 text-sm text-dim">{countOf(draft.images.length, 'image')} picked</p>
      </div>
      <TallTable
        label="Images of the pools"
        rows={shown}
        rowPx={40}
        keyOf={({ spec }) => spec}
        className="max-h-96"
        columns={[
          { title: <Checkbox label="All that are shown" state={all ? 'on' : 'off'} onToggle={toggleAll} />, rem: 2 },
          { title: 'Image', rem: 16 },
          { title: 'Mode', rem: 9 },
          { title: 'Parent', rem: 14 },
          { title: 'Now', rem: 9 },
          { title: 'Size', rem: 5, align: 'right' },
        ]}
        cells={(image) => (
          <>
            <td className="px-2">
              <Checkbox
                label={image.spec}
                state={picked.has(image.spec) ? 'on' : 'off'}
                onToggle={() => toggle(image)}
              />
            </td>
            <td className="truncate px-2 font-mono text-sm" title={image.spec}>
              {image.spec}
            </td>
            <td className="px-2">
              {picked.has(image.spec) && (
                <Select
                  label={`Mode of ${image.spec}`}
                  size="small"
                  value={picked.get(image.spec) ?? draft.mode}
                  choices={[
                    { value: 'snapshot', text: 'snapshots' },
                    { value: 'journal', text: 'journal' },
                  ]}
                  onChoose={(mode) =>
                    change({
                      images: draft.images.map((one) =>
                        one.spec === image.spec ? { ...one, mode: mode === 'journal' ? 'journal' : 'snapshot' } : one,
                      ),
                    })
                  }
                />
              )}
            </td>
            <td className="truncate px-2 font-mono text-sm text-dim" title={image.parent ?? ''}>
              {image.parent ?? ''}
            </td>
            <td className="px-2 text-sm text-dim">
              {image.mirrored === null ? 'not mirrored' : `${image.role}, ${image.mirrored}`}
            </td>
            <td className="px-2 text-right text-sm text-dim">{sizeText(image.sizeBytes)}</td>
          </>
        )}
      />
    </div>
  )
}
