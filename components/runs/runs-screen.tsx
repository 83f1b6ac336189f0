'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Loaded } from '@/components/live/loaded'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { isEnded } from '@/lib/domain/run-states'
import { runsQuery } from '@/lib/queries/runs'
import { countOf } from '@/lib/views/count-text'
import type { RunsPage } from '@/lib/views/runs'
import { RunsTable } from './runs-table'

const PAGE = 100

export function RunsScreen() {
  const [past, setPast] = useState(PAGE)
  const query = useQuery({ ...runsQuery(past), placeholderData: (before) => before })
  return (
    <Loaded query={query} what="the runs">
      {(page) => <Lists page={page} onMore={() => setPast(Math.min(1_000, past + PAGE))} />}
    </Loaded>
  )
}

function Lists({ page, onMore }: { readonly page: RunsPage; readonly onMore: () => void }) {
  const live = page.rows.filter(({ state }) => !isEnded(state))
  const past = page.rows.filter(({ state }) => isEnded(state))
  const more = page.total - page.rows.length
  if (page.total === 0) return <NoRuns />
  return (
    <>
      <Card title="Live" aside={live.length === 0 ? undefined : countOf(live.length, 'run')}>
        {live.length === 0 ? (
          <p className="text-dim">
            Nothing runs now.{' '}
            <Link href="/recover/failover" className="text-ink underline underline-offset-3">
              Fail images over
            </Link>
          </p>
        ) : (
          <RunsTable label="Live runs" rows={live} />
        )}
      </Card>
      {past.length > 0 && (
        <Card title="Past" aside={`newest first · ${countOf(page.total - live.length, 'run')}`}>
          <RunsTable label="Past runs" rows={past} />
          {more > 0 && (
            <Button size="small" kind="ghost" className="mt-3" onClick={onMore}>
              Show older runs
            </Button>
          )}
        </Card>
      )}
    </>
  )
}

function NoRuns() {
  return (
    <Empty title="Nothing has been run yet">
      <p className="mb-3">
        A run starts from a wizard: choose images and two sites, see what was found, what would be lost and what will
        run, then type the site's name. Each run stays here with its steps, its commands and their proof.
      </p>
      <Link href="/recover/failover" className={buttonStyle('action')}>
        Fail images over
      </Link>
    </Empty>
  )
}
