import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { lookUntil, walk } from '../wizard'
import { contentOf, lab, needLab, primariesOf, rbd } from './lab'
import { startConsole } from './other-console'
import { failBackToRebuilt, restartMirror, writeObjects } from './split-stage'

/** Of which nothing was written twice, and of which both sides wrote. */
const SPURIOUS = 'vol-journal-1'
const REAL = 'vol-journal-2'
const TOLD_MS = 120_000

const Rows = z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), verdict: z.string() })) })

/** `at`: another console than the page's own. */
async function rowOf(page: Page, name: string, at = '') {
  const { rows } = Rows.parse(await (await page.request.get(`${at}/api/images?limit=500`)).json())
  return rows.find((row) => row.name === name)
}

const reads = (page: Page, name: string, verdict: string) =>
  expect.poll(async () => (await rowOf(page, name))?.verdict, { timeout: TOLD_MS }).toBe(verdict)

/**
 * Opens the image beside the list by a click on its row, and has both its sides compared. The first look may still go to the
 * cluster that was destroyed: it says so, and the next one finds the rebuilt one.
 */
async function compared(page: Page, name: string) {
  await page.goto('/images?pool=volumes')
  await page.getByRole('row').filter({ hasText: name }).click()
  const panel = page.getByRole('complementary', { name: 'Image' })
  await panel.getByRole('button', { name: 'Compare both sides' }).click()
  const again = panel.getByRole('button', { name: 'Look again' })
  await expect(async () => {
    await expect(again).toBeVisible()
    const isLost = await panel.getByText('Connection timed out').first().isVisible()
    if (isLost) await again.click()
    expect(isLost).toBe(false)
  }).toPass({ timeout: TOLD_MS })
  return panel
}

test.beforeAll(async () => {
  test.setTimeout(400_000)
  needLab()
  await lab('reset')
  await lab('wait')
  await failBackToRebuilt([SPURIOUS, REAL])
  await rbd('site-b', 'mirror', 'image', 'promote', '--force', `volumes/${REAL}`)
  await writeObjects('site-b', REAL, 3)
  await writeObjects('site-a', REAL, 2)
  await rbd('site-b', 'mirror', 'image', 'demote', `volumes/${REAL}`)
  await restartMirror('site-b')
})

// Both clusters anew: one of them was rebuilt, and histories differ.
test.afterAll(() => lab('reset', '--hard'))

test('of two split-brains the real one is refused with what each side wrote, the other is looked at twice, copied again and follows', async ({
  page,
}) => {
  test.setTimeout(400_000)
  for (const name of [SPURIOUS, REAL]) await reads(page, name, 'split-brain')
  await page.goto('/')
  await expect(page.getByText('2 images in split-brain').first()).toBeVisible()

  // The real one: what each side wrote, and a resync that is refused.
  const real = await compared(page, REAL)
  await expect(real.getByRole('region', { name: 'At site-b' })).toContainText('12 MiB written since')
  await expect(real.getByRole('region', { name: 'At site-a' })).toContainText('at most 8 MiB written since')
  await expect(real.getByRole('region', { name: 'At site-b' })).toContainText(/newest tag \d+, a demotion/)
  await expect(real.getByRole('region', { name: 'At site-a' })).toContainText(/newest tag \d+, its own/)
  await real.getByRole('link', { name: 'Resync at site-b…' }).click()
  await lookUntil(page, 'This cannot be started')
  await expect(
    page.getByText(/a real split: site-b has what site-a lacks .*Protect it again instead/).first(),
  ).toBeVisible()

  // Who may only look is refused before anything is looked at.
  const viewer = await startConsole({ ANTIPODE_ROLE: 'viewer' })
  try {
    const id = encodeURIComponent((await rowOf(page, SPURIOUS))?.id ?? '')
    // It has begun to read just now.
    await expect.poll(() => rowOf(page, SPURIOUS, viewer.url), { timeout: TOLD_MS }).toBeDefined()
    await page.goto(`${viewer.url}/recover/resync?from=site-a&to=site-b&ids=${id}`)
    await page.getByRole('button', { name: 'Look at both sides' }).click()
    await expect(page.getByText('A viewer may not do this')).toBeVisible()
  } finally {
    await viewer.stop()
  }

  // The spurious one: one look is none.
  const spurious = await compared(page, SPURIOUS)
  for (const site of ['site-a', 'site-b'])
    await expect(spurious.getByRole('region', { name: `At ${site}` })).toContainText('nothing written since')
  await spurious.getByRole('link', { name: 'Resync at site-b…' }).click()
  await lookUntil(page, 'The image at site-b can be copied again from site-a.')
  await walk(page, {
    ...{ typed: 'site-b', wrong: 'site-a', lost: 'No write is lost:', step: 'Look at both copies twice' },
    start: /^Delete 1 copy and copy again$/,
  })
  await expect(page.getByText('Done: every copy was made anew, and follows')).toBeVisible({ timeout: TOLD_MS })
  expect(await contentOf('site-b', `volumes/${SPURIOUS}`)).toBe(await contentOf('site-a', `volumes/${SPURIOUS}`))
  expect(await primariesOf(`volumes/${SPURIOUS}`)).toEqual(['site-a'])
  await reads(page, SPURIOUS, 'following')
  await reads(page, REAL, 'split-brain')
})
