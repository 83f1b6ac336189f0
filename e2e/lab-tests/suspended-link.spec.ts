import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { writeResult } from '../soak/result-file'
import { versions } from '../soak/versions'
import { lookUntil } from '../wizard'
import { lab, needLab } from './lab'
import { look, type Seen, statements, watch } from './link-watch'
import { startWriter } from './writer'

/** How long each cut lasts, in seconds: then there are two, and their figures are kept. Without it one short cut serves both. */
const LONG = process.env.LINK_CUT_SEC === undefined ? null : Number(process.env.LINK_CUT_SEC)
const NAMES = ['vol-journal-1', 'vol-snap-1']
const PAGE = '/recover/suspensions'
const TOLD_MS = 200_000

const Rows = z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), verdict: z.string() })) })
const rows = async (page: Page) => Rows.parse(await (await page.request.get('/api/images?limit=500')).json()).rows

test.beforeAll(async () => {
  test.setTimeout(400_000)
  needLab()
  await lab('reset')
  await lab('wait')
})

test.afterAll(() => lab('mend'))

async function suspend(page: Page, minutes: number): Promise<void> {
  await page.goto(PAGE)
  await page.getByRole('button', { name: 'Suspend replication…' }).click()
  const form = page.getByRole('dialog')
  // The parent in `images` has no schedule: nothing would ever prove that it has caught up.
  await form.getByRole('checkbox', { name: 'volumes' }).click()
  await form.getByRole('textbox', { name: 'Reason' }).fill('the fibre is spliced')
  await form.getByLabel('Ends').fill(new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16))
  await form.getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByRole('article', { name: /site-a/ }).first()).toContainText('holds')
}

/** In a suspension nothing starts before somebody has said that it is to start all the same. */
async function askedFirst(page: Page): Promise<void> {
  const ids = (await rows(page)).filter(({ name }) => NAMES.includes(name)).map(({ id }) => id)
  await page.goto(`/recover/failover?from=site-a&to=site-b&ids=${encodeURIComponent(ids.join(','))}`)
  await page.getByRole('radio', { name: /evict/i }).click()
  await lookUntil(page, /Replication between site-a and site-b \(volumes\) is suspended until/)
}

const untilLag = (page: Page, lag: Seen['lag']) =>
  expect.poll(async () => (await look(page, 0)).lag, { timeout: TOLD_MS, intervals: [1_000] }).toBe(lag)

async function untilCaughtUp(page: Page, mendedAt: number): Promise<number> {
  await expect
    .poll(async () => (await look(page, mendedAt)).exposureSec, { timeout: TOLD_MS, intervals: [1_000] })
    .toBeLessThan(75)
  return Math.round((Date.now() - mendedAt) / 1000)
}

test('a link that is cut under writers: as a fault it alarms; as a planned suspension it is told, counted and asked about', async ({
  page,
}) => {
  test.setTimeout(2 * (LONG ?? 0) * 1000 + 900_000)
  await expect
    .poll(async () => (await rows(page)).filter(({ verdict }) => verdict === 'following').length, { timeout: TOLD_MS })
    .toBeGreaterThanOrEqual(6)
  const writer = await startWriter({ site: 'site-a', images: NAMES, intervalMs: 50 })
  let fault: Seen[]
  let faultCaughtUpSec: number | null = null
  try {
    // As a fault: lag counts from the last thing that arrived, and alarms once it is past the objective.
    await untilLag(page, 'none')
    await lab('cut')
    const cutAt = Date.now()
    await untilLag(page, 'warning')
    fault = [await look(page, cutAt), ...(LONG === null ? [] : await watch(page, cutAt, LONG, 30))]
    await page.goto('/')
    await expect(page.getByText(/volumes: \d+ images? of \d+ behind objective/)).toBeVisible()
    if (LONG !== null) {
      await lab('mend')
      faultCaughtUpSec = await untilCaughtUp(page, Date.now())
    }

    // As a planned suspension.
    await suspend(page, 120)
    // Where the link is cut already the alarm ends with the poller's next look.
    await (LONG === null ? untilLag(page, 'suspended') : lab('cut'))
    const plannedAt = LONG === null ? cutAt : Date.now()
    const before = await look(page, plannedAt)
    const planned = await watch(page, LONG === null ? Date.now() : plannedAt, LONG ?? 20, LONG === null ? 5 : 30)
    const last = planned.at(-1) as Seen
    expect(planned.map(({ lag }) => lag)).not.toContain('warning')
    expect(last).toMatchObject({ lag: 'suspended' })
    expect(last.exposureSec).toBeGreaterThan(before.exposureSec + 10)
    expect(last.behind).toBeGreaterThan(0)
    await page.goto('/')
    await expect(
      page.getByText(/suspended until (\d+ \w+, )?\d\d:\d\d UTC by local operator: the fibre is spliced/).first(),
    ).toBeVisible()
    await askedFirst(page)
    const [held] = (await statements(page)).suspensions

    // Ended while the link is still cut: it alarms at once.
    await page.goto(PAGE)
    await page.getByRole('button', { name: 'End now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
    const endedAt = Date.now()
    await expect.poll(async () => (await look(page, endedAt)).lag, { intervals: [500] }).toBe('warning')
    const alarmedSec = Math.round((Date.now() - endedAt) / 100) / 10
    await expect(page.getByRole('list', { name: 'Not proven' })).toContainText(
      'volumes/vol-journal-1: the copy has not replayed',
    )

    // Mended: all goes on by itself, and the suspension closes once that is proven.
    await lab('mend')
    const mendedAt = Date.now()
    await expect
      .poll(async () => (await statements(page)).suspensions[0]?.closed?.by ?? '', {
        timeout: TOLD_MS,
        intervals: [1_000],
      })
      .toBe('system worker')
    const closedSec = Math.round((Date.now() - mendedAt) / 1000)
    const [one] = (await statements(page)).suspensions
    expect(one?.progress).toMatchObject({ caughtUp: one?.progress?.images, rest: [] })
    if (LONG !== null) {
      const result = { date: new Date().toISOString(), versions: versions(), cutSec: LONG, objectiveSec: 120 }
      const suspension = {
        seen: planned,
        room: held?.progress?.room ?? [],
        alarmedSec,
        closedSec,
        images: one?.progress?.images,
      }
      writeResult('soak/results/link-cut.json', {
        ...result,
        fault: { seen: fault, caughtUpSec: faultCaughtUpSec },
        suspension,
      })
    }
  } finally {
    writer.kill()
    await lab('mend')
  }
  for (const { image, missing } of await verified(writer)) expect({ image, missing }).toEqual({ image, missing: 0 })
})

/** Nothing of what the writer was told is safe is missing at the copy, once it has had the time. */
async function verified(writer: Awaited<ReturnType<typeof startWriter>>) {
  let found = await writer.verify('site-b')
  await expect
    .poll(
      async () => {
        found = await writer.verify('site-b')
        return found.reduce((sum, { missing }) => sum + missing, 0)
      },
      { timeout: TOLD_MS, intervals: [5_000] },
    )
    .toBe(0)
  return found
}
