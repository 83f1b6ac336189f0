'use client'

import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { groupsQuery } from '@/lib/queries/groups'
import { PaletteItem, paletteGroupStyle } from './palette-item'

const SHOWN = 6
const WORDS = { ready: 'ready', 'not-ready': 'not ready', unknown: 'unknown' } as const

interface PaletteGroupsProps {
  readonly text: string
  readonly onChoose: (href: string) => void
}

/** Protection groups by name. */
export function PaletteGroups({ text, onChoose }: PaletteGroupsProps) {
  const { data } = useQuery(groupsQuery())
  const found = (data?.groups ?? []).filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
  if (found.length === 0) return null
  return (
    <Command.Group heading="Groups" className={paletteGroupStyle}>
      {found.slice(0, SHOWN).map(({ id, name, cloud, readiness }) => (
        <PaletteItem
          key={id}
          value={`${text} group ${id}`}
          aside={`${cloud} · ${WORDS[readiness]}`}
          onChoose={() => onChoose(`/groups/${encodeURIComponent(name)}`)}
        >
          {name}
        </PaletteItem>
      ))}
    </Command.Group>
  )
}
