'use client'

import type { ReactNode } from 'react'
import { useNow } from '@/components/live/clock'
import { type Column, PlainTable } from '@/components/table/plain-table'
import { durationText } from '@/lib/views/duration-text'
import { sizeText } from '@/lib/views/size-text'
import type { RoomForecastView } from '@/lib/views/statements'
import { roomText } from '@/lib/views/suspension-words'

const bytes = (value: number | null) =>
  value === null ? <span className="text-unknown">not known</span> : <Nowrap>{sizeText(value)}</Nowrap>

const Nowrap = ({ children }: { readonly children: ReactNode }) => <span className="whitespace-nowrap">{children}</span>

const columns: readonly Column<RoomForecastView>[] = [
  {
    header: 'Kept meanwhile at',
    cell: ({ site, pool }) => (
      <>
        <span className="font-mono text-sm">{pool}</span> at {site}
      </>
    ),
  },
  { header: 'Free', cell: ({ availableBytes }) => bytes(availableBytes), align: 'right' },
  { header: 'Journals keep, at most', cell: ({ journalBytes }) => bytes(journalBytes), align: 'right', narrow: 'hide' },
  {
    header: 'Shrinks in an hour',
    cell: (room) =>
      room.kind === 'filling' ? (
        <Nowrap>{sizeText(room.bytesPerSec * 3600)}</Nowrap>
      ) : room.kind === 'steady' ? (
        'no'
      ) : (
        ''
      ),
    align: 'right',
    narrow: 'hide',
  },
  { header: 'Full in (estimate)', cell: (room) => <Full room={room} />, align: 'right' },
]

/** How long the room lasts at the primaries, which keep what their copies have not taken. */
export function RoomTable({ room }: { readonly room: readonly RoomForecastView[] }) {
  if (room.length === 0) return null
  return (
    <div className="text-sm">
      <PlainTable
        label="Room at the primaries"
        columns={columns}
        rows={room}
        rowKey={({ site, pool }) => `${site}/${pool}`}
      />
    </div>
  )
}

function Full({ room }: { readonly room: RoomForecastView }) {
  const now = useNow()
  const whole = roomText(room, now)
  if (room.kind === 'filling')
    return (
      <span title={whole} className="whitespace-nowrap">
        {durationText((room.fullAt - now) / 1000)}
      </span>
    )
  if (room.kind === 'steady') return <span title={whole}>not by this rate</span>
  return (
    <span title={whole} className="text-unknown">
      not known: {room.reason}
    </span>
  )
}
