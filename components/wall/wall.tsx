'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import { useConnection } from '@/components/live/connection'
import { useSteadyNow } from '@/components/live/use-steady-now'
import { OTHER_VERSION } from '@/lib/queries/get-json'
import { wallQuery } from '@/lib/queries/wall'
import { wallAnswer } from '@/lib/views/wall-answer'
import { wallSites } from '@/lib/views/wall-sites'
import { wallTroubles } from '@/lib/views/wall-troubles'
import { WallAnswerLine } from './wall-answer-line'
import { WallHead } from './wall-head'
import { WallRuns } from './wall-runs'
import { WallSiteGrid } from './wall-site-grid'
import { WallStreams } from './wall-streams'
import { WallTrouble } from './wall-trouble'

/** Are we protected, where not, since when: for a screen that nobody touches, read from across the room. */
export function Wall({ theme }: { readonly theme: 'dark' | 'light' }) {
  const { data: view, error, errorUpdatedAt } = useQuery(wallQuery())
  const now = useSteadyNow()
  const streamLostAt = useConnection((state) => state.lostAt)
  useReloadAfterUpdate(view?.build, error)
  if (view === undefined) return null
  const lostAt = streamLostAt ?? (error === null ? null : Math.min(errorUpdatedAt, now))
  const answer = wallAnswer(view, lostAt, now)
  const sites = wallSites(view, now)
  const old = lostAt !== null
  return (
    <div
      data-wall
      data-page-theme={theme}
      className="flex min-h-dvh flex-col gap-7 bg-ground p-9 text-ink landscape:h-dvh landscape:overflow-hidden"
    >
      <WallHead name={view.name} demo={view.demo} lostAt={lostAt} />
      <main id="main" className="flex min-h-0 flex-1 flex-col gap-7">
        <WallAnswerLine answer={answer} now={now} />
        <div className={clsx('flex min-h-0 flex-1 flex-col gap-7', old && 'hatched -m-3 rounded-2xl p-3 saturate-0')}>
          <WallSiteGrid sites={sites} attention={view.attention} now={now} />
          <div className="grid min-h-[19rem] gap-10 landscape:grid-cols-[minmax(0,15fr)_minmax(0,12fr)_minmax(0,9fr)]">
            <WallTrouble troubles={view.attention === null ? null : wallTroubles(view, sites)} now={now} />
            <WallStreams view={view} now={now} />
            <WallRuns runs={view.runs} lastRun={view.lastRun} rtoSec={view.rtoSec} now={now} />
          </div>
        </div>
      </main>
    </div>
  )
}

/** A screen that hangs there for months would otherwise show what was true of it when it was switched on. */
function useReloadAfterUpdate(build: string | undefined, error: Error | null): void {
  const first = useRef(build)
  useEffect(() => {
    first.current ??= build
    const updated = build !== undefined && first.current !== build
    if (updated || error?.message === OTHER_VERSION) location.reload()
  }, [build, error])
}
