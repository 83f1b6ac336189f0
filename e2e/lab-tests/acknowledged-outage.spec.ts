import { expect, type Page, test } from '@playwright/test'
import type { StatementsView } from '@/lib/views/statements'
import { lab, needLab, rbd } from './lab'
import { statements } from './link-watch'
import { writeObjects } from './split-stage'

const JOURNALS = ['vol-journal-1', 'vol-journal-2']
const SNAPSHOTS = ['images/img-base-1', 'volumes/vol-clone-1', 'volumes/vol-snap-1', 'volumes/vol-snap-2']
const PAGE = '/recover/suspensions'
const TOLD_MS = 200_000

type Outage = StatementsView['outages'][number]

const outage = async (page: Page): Promise<Outage | undefined> => (await statements(page)).outages[0]

/** `silent for 12 s, acknowledged`, in seconds. */
const silentSec = (text: string): number => Number(/silent for (\d+) s/.exec(text)?.[1] ?? Number.NaN)

test.beforeAll(async () => {
  test.setTimeout(400_000)
  needLab()
  await lab('reset')
  await lab('wait')
})

test('a site that dies is said within 15 s and nothing stays green on old evidence; it is waited for, and once back each image is proven to have gone on', async ({
  page,
}) => {
  test.setTimeout(400_000)
  await page.goto('/')
  const chip = (site: string) => page.getByRole('banner').getByText(new RegExp(`^${site}`))
  await expect(chip('site-a')).toBeVisible()
  try {
    await lab('lose', 'site-a', '--kill')
    await expect(page.getByText(/site-a\s*no answer for/).first()).toBeVisible({ timeout: 15_000 })

    // The operator chooses not to fail over, and says why.
    await page.goto(PAGE)
    await page.getByRole('button', { name: 'Acknowledge the outage of site-a' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Acknowledge' })).toHaveAttribute('aria-disabled', 'true')
    await dialog.getByRole('textbox', { name: 'Why it is not failed over' }).fill('its power is back in a minute')
    await dialog.getByRole('button', { name: 'Acknowledge' }).click()
    const card = page.getByRole('article', { name: 'Outage of site-a' })
    await expect(card).toContainText('not failed over, because its power is back in a minute')
    await expect(card).toContainText(/silent for \d+ s, acknowledged/)
    const before = silentSec(await card.innerText())
    await expect.poll(async () => silentSec(await card.innerText())).toBeGreaterThan(before + 3)

    await page.goto('/')
    await expect(page.getByText(/outage acknowledged by local operator at .*: not failed over/)).toBeVisible()
    await expect(page.getByText(/Not known since/).first()).toBeVisible()
    await expect(page.getByText(/site-b\s*[0-9]+ s/).first()).toBeVisible()
    expect(await outage(page)).toMatchObject({ returnedAt: null, closed: null })
  } finally {
    // A busy machine may take longer than the lab waits for: once more finds it up.
    await lab('back', 'site-a').catch(() => lab('back', 'site-a'))
  }

  // Nothing counts as proof that was written before the console had heard of the site again.
  await expect.poll(async () => (await outage(page))?.returnedAt ?? null, { timeout: TOLD_MS }).not.toBeNull()
  expect((await outage(page))?.closed).toBeNull()
  await page.goto(PAGE)
  await expect(page.getByRole('article', { name: 'Outage of site-a' })).toContainText('back, being proven')
  for (const name of JOURNALS) await writeObjects('site-a', name, 1)
  for (const spec of SNAPSHOTS) await rbd('site-a', 'mirror', 'image', 'snapshot', spec)

  await expect
    .poll(async () => (await outage(page))?.closed, { timeout: TOLD_MS, intervals: [1_000] })
    .toMatchObject({ by: 'system worker', reason: 'replication has gone on' })
  // What had not been seen to be written yet when all else was proven holds everything there is, and that is said.
  const { goneOn = 0, nothingNew = 0, ...rest } = (await outage(page))?.progress ?? {}
  expect({ ...rest, held: goneOn + nothingNew }).toMatchObject({ images: 6, held: 6, gone: 0, rest: [] })
  expect(goneOn).toBeGreaterThanOrEqual(SNAPSHOTS.length)
  await page.getByText('Past: 1 outage').click()
  await expect(page.getByText(`Replication is proven to have gone on for ${goneOn} of 6 images`)).toBeVisible()
})
