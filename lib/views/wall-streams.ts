import type { Stream } from '@/lib/domain/summary'
import type { OverviewView } from './overview'
import { type StreamState, streamState } from './stream-state'

export interface WallStream {
  readonly stream: Stream
  readonly state: StreamState
}

const RANK: Record<StreamState['tone'], number> = { unknown: 0, bad: 1, behind: 2, ok: 3 }

/** All directions, worst first; among equals as the worker has them, so that they keep their places. */
export function wallStreams(
  { streams, poolStreams, sites }: Pick<OverviewView, 'streams' | 'poolStreams' | 'sites'>,
  now: number,
): WallStream[] {
  return (streams ?? [])
    .map((stream) => ({ stream, state: streamState(stream, poolStreams ?? [], sites, now) }))
    .sort((a, b) => RANK[a.state.tone] - RANK[b.state.tone])
}
