'use client'

import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { runsQuery } from '@/lib/queries/runs'
import { PaletteItem, paletteGroupStyle } from './palette-item'

export function PaletteRuns({ onChoose }: { readonly onChoose: (href: string) => void }) {
  const { data } = useQuery(runsQuery(20))
  if (data === undefined || data.rows.length === 0) return null
  return (
    <Command.Group heading="Runs" className={paletteGroupStyle}>
      {data.rows.slice(0, 20).map((run) => (
        <PaletteItem
          key={run.id}
          value={`run ${run.id} ${run.title}`}
          aside={run.state}
          onChoose={() => onChoose(`/runs/${encodeURIComponent(run.id)}`)}
        >
          {run.title}
        </PaletteItem>
      ))}
    </Command.Group>
  )
}
