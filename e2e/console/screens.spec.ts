import { expect, type Page, test } from '@playwright/test'
import { seriousProblems } from './accessible'
import { fault } from './simulated'

const WAY = 'from=eu-west&to=eu-north'
const PAGES: readonly (readonly [path: string, ready: string])[] = [
  ['/recover/kept', 'Kept copies'],
  ['/recover/apart', 'Kept on both sides'],
  ['/recover/suspensions', 'Suspensions and outages'],
  [`/recover/resync?${WAY}`, 'Copy eu-north again from eu-west'],
  [`/recover/promote?${WAY}`, 'Promote at eu-north'],
  [`/recover/disable?${WAY}`, 'End the mirroring from eu-west to eu-north'],
  [`/recover/take-down?${WAY}`, 'Take down mirroring from eu-west to eu-north'],
]

// The demo's shy site would fall silent in the middle, and its chip grow longer.
test.beforeAll(() => fault({ kind: 'flaky-site', site: 'eu-south', periodMs: 600_000, silentMs: 0 }))

const wider = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

for (const theme of ['dark', 'light'] as const) {
  for (const [name, viewport] of [
    ['wide', { width: 1440, height: 900 }],
    ['narrow', { width: 390, height: 844 }],
  ] as const) {
    test(`the screens of Recover keep nobody out and run over no edge (${theme}, ${name})`, async ({
      page,
      context,
      baseURL,
    }) => {
      test.setTimeout(480_000)
      await context.addCookies([{ name: 'antipode-theme', value: theme, url: baseURL ?? '' }])
      await page.setViewportSize(viewport)
      for (const [path, heading] of PAGES) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible({ timeout: 30_000 })
        await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
        expect(await seriousProblems(page), path).toEqual([])
        expect(await wider(page), path).toBeLessThanOrEqual(0)
        // Title, sites and what can be done with the page stand in one line.
        const bar = await page.getByRole('banner').boundingBox()
        if (name === 'wide') expect(bar?.height ?? 0, path).toBeLessThan(70)
      }
    })
  }
}
