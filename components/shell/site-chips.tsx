'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useNow } from '@/components/live/clock'
import { Link } from '@/components/ui/link'
import { StateMark } from '@/components/ui/state-mark'
import { Tooltip } from '@/components/ui/tooltip'
import { shellQuery } from '@/lib/queries/shell'
import type { SitePulse } from '@/lib/views/shell'
import { pulseOf } from '@/lib/views/site-pulse'

/** Does each site answer, and how old is what it said last? On every screen, always in sight. */
export function SiteChips() {
  const { data } = useQuery(shellQuery())
  if (data === undefined) return null
  return (
    <ul aria-label="Sites" className="flex items-center gap-1.5 md:flex-wrap md:justify-end">
      {data.sites.map((site) => (
        <li key={site.name}>
          <SiteChip site={site} />
        </li>
      ))}
    </ul>
  )
}

function SiteChip({ site }: { readonly site: SitePulse }) {
  const pulse = pulseOf(site, useNow())
  const chip = (
    <Link
      href={`/sites/${encodeURIComponent(site.name)}`}
      className={clsx(
        'inline-flex h-7 items-center gap-1 rounded-full border px-2.5 text-sm whitespace-nowrap hover:border-line-strong hover:bg-raised',
        pulse.tone === 'unknown' ? 'hatched border-dashed border-line-strong text-unknown' : 'border-line text-dim',
      )}
    >
      <StateMark tone={pulse.tone} className="text-xs" />
      <span className={pulse.tone === 'unknown' ? 'text-ink' : ''}>{site.name}</span> {pulse.text}
    </Link>
  )
  return site.error === '' ? (
    chip
  ) : (
    <Tooltip text={site.error} side="bottom">
      {chip}
    </Tooltip>
  )
}
