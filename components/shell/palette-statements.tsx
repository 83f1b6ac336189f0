'use client'

import { Command } from 'cmdk'
import type { ShellView } from '@/lib/views/shell'
import { PaletteItem, paletteGroupStyle } from './palette-item'

interface PaletteStatementsProps {
  readonly shell: ShellView | undefined
  readonly onChoose: (href: string) => void
}

/** What may be stated of links and sites: a suspension at any time, an outage of a site that is silent. */
export function PaletteStatements({ shell, onChoose }: PaletteStatementsProps) {
  const waited = new Set(shell?.stated.outages.map(({ site }) => site))
  const silent = shell?.sites.filter(({ name, state }) => state === 'silent' && !waited.has(name)) ?? []
  return (
    <Command.Group heading="Actions" className={paletteGroupStyle}>
      <PaletteItem
        value="action suspend replication maintenance of the link"
        onChoose={() => onChoose('/recover/suspensions?new=suspension')}
      >
        Suspend replication…
      </PaletteItem>
      {silent.map(({ name }) => (
        <PaletteItem
          key={name}
          value={`action acknowledge the outage of ${name}`}
          onChoose={() => onChoose(`/recover/suspensions?acknowledge=${encodeURIComponent(name)}`)}
        >
          Acknowledge the outage of {name}…
        </PaletteItem>
      ))}
    </Command.Group>
  )
}
