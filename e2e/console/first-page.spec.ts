import { request as httpRequest } from 'node:http'
import { expect, type Page, test } from '@playwright/test'
import { seriousProblems } from './accessible'
import { fault } from './simulated'

const SITES = ['eu-west', 'eu-north', 'eu-south']

test('the demo opens on three sites that are being read', async ({ page }) => {
  const broken: string[] = []
  page.on('pageerror', (error) => broken.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text())
  })
  await page.goto('/')
  for (const site of SITES) await expect(page.getByRole('main').getByText(site).first()).toBeVisible()
  // Figures of the poller's first round, not the frame around them.
  await expect(figures(page)).toBeVisible({ timeout: 45_000 })
  expect(broken).toEqual([])
})

const figures = (page: Page) =>
  page
    .getByRole('main')
    .getByText(/images? recovers?/)
    .first()

for (const theme of ['light', 'dark'] as const) {
  test(`the first page keeps nobody out, and with a silent site neither (${theme})`, async ({ page, baseURL }) => {
    await page.context().addCookies([{ name: 'antipode-theme', value: theme, url: baseURL ?? '' }])
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto('/')
    await expect(page.locator(`html[data-theme=${theme}]`)).toBeAttached()
    await expect(figures(page)).toBeVisible({ timeout: 45_000 })
    expect(await seriousProblems(page)).toEqual([])
    await fault({ kind: 'lose-site', site: 'eu-south' })
    try {
      const card = page.getByRole('region', { name: 'If eu-south is lost now' })
      await expect(card.getByText('could recover, when last read').first()).toBeVisible({ timeout: 45_000 })
      expect(await seriousProblems(page)).toEqual([])
    } finally {
      await fault({ kind: 'back', site: 'eu-south' })
    }
  })
}

test('a request for another host is refused', async ({ baseURL }) => {
  const ask = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      httpRequest(`${baseURL}/`, { headers: { host } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .once('error', reject)
        .end()
    })
  expect(await ask('antipode.example')).toBe(421)
  expect(await ask('127.0.0.1')).toBe(200)
})
