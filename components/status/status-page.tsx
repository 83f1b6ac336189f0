'use client'

import { useQuery } from '@tanstack/react-query'
import type { CSSProperties } from 'react'
import { useConnection } from '@/components/live/connection'
import { useSteadyNow } from '@/components/live/use-steady-now'
import { StateMark } from '@/components/ui/state-mark'
import { statusQuery } from '@/lib/queries/status'
import { plainTime } from '@/lib/views/plain-time'
import { sheetScale } from '@/lib/views/sheet'
import { headline } from '@/lib/views/status-headline'
import { serviceWords } from '@/lib/views/status-words'
import { NoServices } from './no-services'
import { ServiceSection } from './service-section'
import { StatusFoot } from './status-foot'
import { StatusHead } from './status-head'

/** How the services stand, for somebody who runs none of this: light, in sentences, and on one sheet where it is printed. */
export function StatusPage() {
  const { data: view, error, errorUpdatedAt } = useQuery(statusQuery())
  const now = useSteadyNow()
  const streamLostAt = useConnection((state) => state.lostAt)
  if (view === undefined) return null
  const lostAt = streamLostAt ?? (error === null ? null : Math.min(errorUpdatedAt, now))
  const told = view.services.map((service) => ({ service, words: serviceWords(service, now) }))
  const { text, tone } = headline(told, now)
  return (
    <div
      data-page-theme="light"
      style={{ '--sheet': sheetScale(told) } as CSSProperties}
      className="min-h-dvh bg-ground text-ink print:min-h-0 print:[zoom:var(--sheet)]"
    >
      <div className="mx-auto flex max-w-5xl flex-col px-5 py-8 md:px-10 md:py-12 print:max-w-none print:p-0">
        <StatusHead view={view} lostAt={lostAt} />
        <main id="main" className="flex flex-col">
          {lostAt !== null && (
            <div
              role="alert"
              className="hatched mt-6 rounded-lg border border-dashed border-line-strong px-5 py-3 text-lg"
            >
              <StateMark tone="unknown" className="mr-1.5" />
              <span className="font-medium">This page has heard nothing since {plainTime(lostAt, now)}.</span>{' '}
              <span className="text-dim">What stands below is from then. It tries again by itself.</span>
            </div>
          )}
          <h1 className="mt-8 max-w-4xl text-[1.625rem] leading-[1.2] font-semibold tracking-tight text-balance md:text-[2.125rem] print:mt-2 print:max-w-none print:text-[13pt]">
            {lostAt === null ? text : `When last heard of: ${text}`}
          </h1>
          {tone === 'none' ? (
            <NoServices mayEdit={view.mayEdit} />
          ) : (
            <ul className="mt-8 flex flex-col border-t border-line print:mt-2">
              {told.map(({ service, words }) => (
                <li key={service.id} className="border-b border-line">
                  <ServiceSection service={service} words={words} view={view} now={now} />
                </li>
              ))}
            </ul>
          )}
        </main>
        <StatusFoot view={view} now={now} />
      </div>
    </div>
  )
}
