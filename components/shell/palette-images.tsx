'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { imagesQuery } from '@/lib/queries/images'
import { countText } from '@/lib/views/count-text'
import { cloudWords } from '@/lib/views/image-cloud-words'
import { NO_FILTER } from '@/lib/views/images-filter'
import { PaletteItem, paletteGroupStyle } from './palette-item'

const SHOWN = 8

export function PaletteImages({
  text,
  onChoose,
}: {
  readonly text: string
  readonly onChoose: (href: string) => void
}) {
  const { data } = useQuery({
    ...imagesQuery({ filter: { ...NO_FILTER, q: text }, sort: 'name', order: 'first' }, 0, SHOWN),
    placeholderData: keepPreviousData,
  })
  if (data === undefined || data.total === 0) return null
  const all = new URLSearchParams({ q: text })
  return (
    <Command.Group heading="Images" className={paletteGroupStyle}>
      {data.rows.map((row) => (
        <PaletteItem
          key={row.id}
          // What the server found by other letters than those of the row is to be listed too.
          value={`${text} image ${row.id}`}
          aside={row.primarySite === null ? row.verdict : `primary at ${row.primarySite}`}
          onChoose={() => onChoose(`/images?${new URLSearchParams({ q: text, image: row.id })}`)}
        >
          {row.cloud !== null && <>{cloudWords(row.cloud).text} </>}
          <span className={row.cloud === null ? 'font-mono text-sm' : 'font-mono text-sm text-faint'}>
            {row.pool}/{row.name}
          </span>
        </PaletteItem>
      ))}
      {data.total > SHOWN && (
        <PaletteItem value={`${text} zz all images`} onChoose={() => onChoose(`/images?${all}`)}>
          All {countText(data.total)} images with “{text}”
        </PaletteItem>
      )}
    </Command.Group>
  )
}
