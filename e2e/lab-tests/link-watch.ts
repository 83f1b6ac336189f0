import type { Page } from '@playwright/test'
import { z } from 'zod'
import { StatementsView } from '@/lib/views/statements'
import { SUMMARY_SCHEMAS } from '@/lib/views/summary'
import { pause } from './lab'

const Overview = z.object({
  now: z.number(),
  attention: SUMMARY_SCHEMAS.attention,
  poolStreams: SUMMARY_SCHEMAS['pool-streams'],
})

/** What the console says of the direction at one moment. Seconds. */
export interface Seen {
  readonly afterSec: number
  readonly exposureSec: number
  readonly behind: number
  /** How the lag is told: as an alarm, as suspended, or not at all. */
  readonly lag: 'warning' | 'suspended' | 'none'
  /** Everything else that alarms, by its key without ids. */
  readonly others: readonly string[]
}

export async function look(page: Page, startedAt: number): Promise<Seen> {
  const { now, attention, poolStreams } = Overview.parse(await (await page.request.get('/api/overview')).json())
  const stream = poolStreams.find(({ from, pool }) => from === 'site-a' && pool === 'volumes')
  const lag = attention.find(({ key }) => key.startsWith('behind:') && key.endsWith('/volumes/site-a'))
  return {
    afterSec: Math.round((now - startedAt) / 1000),
    exposureSec: Math.round((now - (stream?.worstHeldUntilAt ?? now)) / 1000),
    behind: stream?.behindObjective ?? 0,
    lag: lag?.severity === 'suspended' ? 'suspended' : lag === undefined ? 'none' : 'warning',
    others: [
      ...new Set(attention.filter((item) => item !== lag).map(({ key, severity }) => `${severity} ${kind(key)}`)),
    ],
  }
}

const kind = (key: string): string =>
  key
    .split(':')
    .slice(0, key.startsWith('verdict:') ? 2 : 1)
    .join(':')

export const statements = async (page: Page) =>
  StatementsView.parse(await (await page.request.get('/api/statements')).json())

/** Looks every `everySec` until the time is over. */
export async function watch(page: Page, startedAt: number, forSec: number, everySec: number): Promise<Seen[]> {
  const seen: Seen[] = []
  while (Date.now() - startedAt < forSec * 1000) {
    seen.push(await look(page, startedAt))
    await pause(Math.max(0, Math.min(everySec * 1000, startedAt + forSec * 1000 - Date.now())))
  }
  return seen
}
