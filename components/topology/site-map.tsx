'use client'

import { useNow } from '@/components/live/clock'
import { useSize } from '@/components/live/use-size'
import { Link } from '@/components/ui/link'
import { sitesOf } from '@/lib/domain/words'
import type { OverviewView } from '@/lib/views/overview'
import { streamState } from '@/lib/views/stream-state'
import { type Edge, edgeBetween, LEAST_WIDTH, layoutSites } from './layout'
import { MapNode } from './map-node'
import { StreamArrow, StreamLabel } from './map-stream'
import { StreamList } from './stream-list'

/** Sites and mirror streams, drawn from what is configured and read. */
export function SiteMap({ overview }: { readonly overview: OverviewView }) {
  const { ref, size } = useSize<HTMLDivElement>({ width: 820, height: 0 })
  return (
    // The map fills the height of its row, and does not set it: it is out of the flow but for a least height.
    <div ref={ref} className="relative h-full">
      {size.width < LEAST_WIDTH ? (
        <StreamList overview={overview} />
      ) : (
        <DrawnMap overview={overview} width={size.width} room={size.height} />
      )}
    </div>
  )
}

interface DrawnMapProps {
  readonly overview: OverviewView
  readonly width: number
  readonly room: number
}

function DrawnMap({ overview, width, room }: DrawnMapProps) {
  const now = useNow()
  const { sites, streams, poolStreams } = overview
  const { height, boxes } = layoutSites(sites.length, width, room)
  const boxOf = (name: string) => boxes[sites.findIndex((site) => site.name === name)]
  const drawn = (streams ?? []).flatMap((stream) => {
    const from = boxOf(stream.from)
    const to = boxOf(stream.to)
    if (from === undefined || to === undefined) return []
    return [{ stream, edge: edgeBetween(from, to), state: streamState(stream, poolStreams ?? [], sites, now) }]
  })
  return (
    <div className="relative mx-auto" style={{ width, height }}>
      <svg aria-hidden className="absolute inset-0 overflow-visible" width={width} height={height}>
        {idlePairs(overview).map((pair) => {
          const [left, right] = sitesOf(pair).map(boxOf)
          return left === undefined || right === undefined ? null : (
            <IdleLine key={pair} edge={edgeBetween(left, right, 0)} />
          )
        })}
        {drawn.map(({ stream, edge, state }) => (
          <StreamArrow key={`${stream.from}>${stream.to}`} edge={edge} tone={state.tone} />
        ))}
      </svg>
      {sites.map((site, index) => {
        const box = boxes[index]
        return box === undefined ? null : <MapNode key={site.name} site={site} box={box} streams={streams} />
      })}
      {drawn.map(({ stream, edge, state }) => (
        <StreamLabel key={`${stream.from}>${stream.to}`} stream={stream} state={state} at={edge.label} />
      ))}
      {streams?.length === 0 && overview.pairs.length === 0 && (
        <p className="absolute inset-x-0 top-0 text-center text-dim">
          No pool is mirrored between these sites yet.{' '}
          <Link href="/recover/set-up" className="text-ink underline underline-offset-3">
            Set up mirroring
          </Link>
        </p>
      )}
    </div>
  )
}

/** Pairs that are set up and over which no image flows. */
const idlePairs = ({ pairs, streams }: OverviewView): string[] =>
  pairs.filter((pair) => !(streams ?? []).some((stream) => stream.pair === pair))

const IdleLine = ({ edge }: { readonly edge: Edge }) => (
  <path d={edge.path} fill="none" className="stroke-line-strong" strokeWidth={1.25} strokeDasharray="3 5" />
)
