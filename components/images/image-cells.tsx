'use client'

import clsx from 'clsx'
import { useNow } from '@/components/live/clock'
import { Exposure } from '@/components/live/exposure'
import { StateText } from '@/components/ui/state-mark'
import { lateness } from '@/lib/views/exposure'
import type { ImageCloud } from '@/lib/views/image-cloud'
import { cloudWords } from '@/lib/views/image-cloud-words'
import type { ImageRow, ImageSide } from '@/lib/views/image-row'
import { verdictTone, verdictWords } from '@/lib/views/verdict-tone'
import { useImageNow } from './use-image-now'

export function NameCell({ row }: { readonly row: ImageRow }) {
  const place = row.namespace === '' ? row.pool : `${row.pool}/${row.namespace}`
  // Names of one kind begin alike: what is cut is the middle, by as much as the column wants.
  const tail = row.name.length > 16 ? row.name.slice(-6) : ''
  return (
    <span className="flex min-w-0 flex-1 flex-col leading-4">
      <span className="flex min-w-0 font-mono text-sm" title={`${place}/${row.name}`}>
        <span className="truncate">
          <span className="text-faint">{place}/</span>
          {row.name.slice(0, row.name.length - tail.length)}
        </span>
        <span className="shrink-0">{tail}</span>
      </span>
      {row.cloud !== null && <CloudWords cloud={row.cloud} />}
    </span>
  )
}

/** `disk-3 on web-1`: what people call it. */
function CloudWords({ cloud }: { readonly cloud: ImageCloud }) {
  const words = cloudWords(cloud)
  return (
    <span className={clsx('truncate text-xs', words.tone)} title={words.title}>
      {words.text}
    </span>
  )
}

export function VerdictCell({ row }: { readonly row: ImageRow }) {
  const { verdict, heldUntilAt } = useImageNow(row)
  const late = lateness(heldUntilAt, row.objectiveSec, useNow())
  return (
    <StateText tone={verdictTone(verdict, late)}>
      {verdictWords(verdict, late)}
      {verdict === 'copying' && row.syncPercent !== null && ` ${row.syncPercent}%`}
    </StateText>
  )
}

/** `eu-west primary`, `eu-north up+replaying`: Ceph's words. */
export function SideCell({ side }: { readonly side: ImageSide }) {
  return (
    <span className="truncate">
      <span className="text-faint">{side.site}</span> {sideWords(side)}
    </span>
  )
}

/** A primary's own replay state says nothing (it is `stopped` while all is well), so its role stands for it. */
export function sideWords(side: ImageSide): string {
  if (side.role === 'primary' || side.role === 'absent' || side.role === 'unknown') return side.role
  return side.state === '' ? 'non-primary' : `${side.up ? 'up' : 'down'}+${side.state}`
}

export function ExposureCell({ row }: { readonly row: ImageRow }) {
  const { heldUntilAt, grade } = useImageNow(row)
  return <Exposure heldUntilAt={heldUntilAt} objectiveSec={row.objectiveSec} grade={grade} words="short" />
}

export function ModeCell({ row }: { readonly row: ImageRow }) {
  if (row.mode === 'journal') return <span className="text-dim">journal</span>
  if (row.schedule === null) return <span className="text-dim">snapshot</span>
  if (row.schedule === '') {
    return (
      <span className="text-behind" title="Snapshot mode without a schedule: nothing new reaches the copy">
        <span aria-hidden>▲</span> no schedule
      </span>
    )
  }
  return <span className="text-dim">snapshot {row.schedule}</span>
}
