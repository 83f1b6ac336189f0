'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { serversQuery } from '@/lib/queries/servers'
import { countText } from '@/lib/views/count-text'
import { PaletteItem, paletteGroupStyle } from './palette-item'

const SHOWN = 6

interface PaletteServersProps {
  readonly text: string
  readonly onChoose: (href: string) => void
}

/** Servers by name, id or tenant: each leads to its volumes. */
export function PaletteServers({ text, onChoose }: PaletteServersProps) {
  const { data } = useQuery({
    ...serversQuery({ by: 'server', q: text }, 0, SHOWN),
    placeholderData: keepPreviousData,
  })
  if (data === undefined || data.total === 0) return null
  return (
    <Command.Group heading="Servers" className={paletteGroupStyle}>
      {data.rows.map(({ key, id, name, tenant, status }) => (
        <PaletteItem
          key={key}
          value={`${text} server ${key}`}
          aside={`${tenant} · ${status}`}
          onChoose={() => onChoose(`/servers?${new URLSearchParams({ q: id })}`)}
        >
          {name}
        </PaletteItem>
      ))}
      {data.total > SHOWN && (
        <PaletteItem
          value={`${text} zz all servers`}
          onChoose={() => onChoose(`/servers?${new URLSearchParams({ q: text })}`)}
        >
          All {countText(data.total)} servers with “{text}”
        </PaletteItem>
      )}
    </Command.Group>
  )
}
