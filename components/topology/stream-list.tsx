'use client'

import { useNow } from '@/components/live/clock'
import { Empty } from '@/components/ui/empty'
import { Link } from '@/components/ui/link'
import type { OverviewView } from '@/lib/views/overview'
import { streamState } from '@/lib/views/stream-state'
import { StreamFigure, streamHref } from './map-stream'

/** The map in words, where there is no room to draw it. */
export function StreamList({ overview }: { readonly overview: OverviewView }) {
  const now = useNow()
  const { streams, poolStreams, sites } = overview
  if (streams === null) return <Empty title="Not read yet">The first round over the sites is still under way.</Empty>
  if (streams.length === 0) return <Empty title="No images are mirrored between these sites yet" />
  return (
    <ul className="flex flex-col divide-y divide-line">
      {streams.map((stream) => (
        <li key={`${stream.from}>${stream.to}`}>
          <Link
            href={streamHref(stream)}
            className="flex flex-wrap items-center justify-between gap-x-4 py-2.5 hover:bg-raised"
          >
            <span>
              {stream.from} → {stream.to}
            </span>
            <span className="inline-flex items-center gap-1.5 text-sm">
              <StreamFigure stream={stream} state={streamState(stream, poolStreams ?? [], sites, now)} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
