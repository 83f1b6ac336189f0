'use client'

import { useQuery } from '@tanstack/react-query'
import { useNow } from '@/components/live/clock'
import { Icon } from '@/components/ui/icon'
import { Select } from '@/components/ui/select'
import { SkeletonLines } from '@/components/ui/skeleton'
import { StateText } from '@/components/ui/state-mark'
import { shellQuery } from '@/lib/queries/shell'
import { pulseOf } from '@/lib/views/site-pulse'

interface SiteSelectsProps {
  readonly from: string
  readonly to: string
  readonly labels: { readonly from: string; readonly to: string }
  readonly onChoose: (sites: { readonly from: string; readonly to: string }) => void
}

/** Any two sites: whether anything is mirrored between them is what is about to change. */
export function SiteSelects({ from, to, labels, onChoose }: SiteSelectsProps) {
  const { data } = useQuery(shellQuery())
  const now = useNow()
  if (data === undefined) return <SkeletonLines lines={2} label="Reading the sites" />
  const names = data.sites.map(({ name }) => name)
  const choices = (value: string, others: readonly string[]) => [
    ...(value === '' ? [{ value: '', text: 'Choose a site' }] : []),
    ...others.map((name) => ({ value: name, text: name })),
  ]
  const chooseFrom = (next: string) => {
    const rest = names.filter((name) => name !== next)
    // Where there is but one other, nobody has to say it.
    onChoose({ from: next, to: rest.includes(to) ? to : rest.length === 1 ? (rest[0] ?? '') : '' })
  }
  const silent = data.sites
    .filter(({ name }) => name === from || name === to)
    .map((site) => ({ site, pulse: pulseOf(site, now) }))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <Labelled label={labels.from}>
          <Select
            label={labels.from}
            value={from}
            choices={choices(from, names)}
            onChoose={chooseFrom}
            className="min-w-52"
          />
        </Labelled>
        <Icon name="arrow-right" className="mb-2.5 text-faint" />
        <Labelled label={labels.to}>
          <Select
            label={labels.to}
            value={to}
            choices={choices(to, from === '' ? [] : names.filter((name) => name !== from))}
            onChoose={(next) => onChoose({ from, to: next })}
            className="min-w-52"
          />
        </Labelled>
      </div>
      {names.length < 2 && <p className="text-dim">Mirroring needs two sites: name a second one in antipode.yaml.</p>}
      <div className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {silent.map(({ site, pulse }) => (
          <StateText key={site.name} tone={pulse.tone === 'ok' ? 'ok' : 'unknown'}>
            {site.name} {pulse.tone === 'ok' ? 'answers' : pulse.text}
          </StateText>
        ))}
      </div>
    </div>
  )
}

function Labelled({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span aria-hidden className="text-sm text-dim">
        {label}
      </span>
      {children}
    </div>
  )
}
