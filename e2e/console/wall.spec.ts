import { expect, type Page, test } from '@playwright/test'
import { seriousProblems } from './accessible'
import { fault } from './simulated'

test.describe.configure({ timeout: 240_000 })
test.use({ viewport: { width: 1920, height: 1080 } })

const answer = (page: Page) => page.getByRole('region', { name: 'Are we protected' })
const card = (page: Page, site: string) => page.getByRole('region', { name: `If ${site} is lost now` })

/** Figures of the poller's first round, not the frame around them. */
const read = (page: Page) => expect(card(page, 'eu-west')).toContainText('come back at', { timeout: 60_000 })

// The demo's shy site would fall silent in the middle of a sentence.
test.beforeAll(() => fault({ kind: 'flaky-site', site: 'eu-south', periodMs: 600_000, silentMs: 0 }))

test('the wall says whether we are protected, where not, and since when, on one screen', async ({ page }) => {
  const broken: string[] = []
  page.on('pageerror', (error) => broken.push(error.message))
  await page.goto('/wall')
  await read(page)
  await expect(answer(page).getByRole('heading')).toContainText(
    /NOT protected: [\d,]+ of [\d,]+ images would be lost/,
    { timeout: 90_000 },
  )
  await expect(answer(page)).toContainText(/since \d\d:\d\d, for/)
  await expect(page.getByRole('region', { name: 'What is wrong, worst first' })).toContainText('in split-brain')
  await expect(page.getByRole('region', { name: 'Streams: loss, of objective' })).toContainText('of 2 min')
  const fits = await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight)
  expect(fits).toBe(true)
  expect(broken).toEqual([])
})

for (const theme of ['dark', 'light'] as const) {
  test(`the wall keeps nobody out (${theme}), whatever theme the console has`, async ({ page, baseURL }) => {
    const other = theme === 'dark' ? 'light' : 'dark'
    await page.context().addCookies([{ name: 'antipode-theme', value: other, url: baseURL ?? '' }])
    await page.goto(theme === 'dark' ? '/wall' : '/wall?theme=light')
    await read(page)
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    expect(ground).toBe(theme === 'dark' ? 'rgb(10, 13, 18)' : 'rgb(247, 247, 245)')
    expect(await seriousProblems(page)).toEqual([])
  })
}

test('a site that falls silent is the answer, by itself, and stands first; its figures are gone', async ({ page }) => {
  await page.goto('/wall')
  await read(page)
  await fault({ kind: 'lose-site', site: 'eu-north' })
  try {
    await expect(answer(page).getByRole('heading')).toHaveText(/NOT protected: eu-north does not answer/, {
      timeout: 90_000,
    })
    const first = page.getByRole('list', { name: 'If a site is lost now' }).getByRole('region').first()
    await expect(first).toHaveAccessibleName('If eu-north is lost now')
    await expect(first).toContainText('not known')
    await expect(first).toContainText(/no answer since \d\d:\d\d/)
    expect(await seriousProblems(page)).toEqual([])
  } finally {
    await fault({ kind: 'back', site: 'eu-north' })
  }
  await expect(card(page, 'eu-north')).toContainText('come back at', { timeout: 90_000 })
})

test('a wall that has lost the console shows nothing as of now, and finds back by itself', async ({ page }) => {
  await page.goto('/wall')
  await read(page)
  await page.route('**/api/**', (route) => route.abort())
  await page.reload()
  await expect(answer(page).getByRole('heading')).toHaveText(/NOT KNOWN: this screen has lost the console/)
  await page.unroute('**/api/**')
  await expect(answer(page).getByRole('heading')).toHaveText(/protected/i, { timeout: 30_000 })
})
