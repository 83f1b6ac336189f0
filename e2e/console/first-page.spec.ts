import { request as httpRequest } from 'node:http'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'

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
  await expect(
    page
      .getByRole('main')
      .getByText(/images? recovers?/)
      .first(),
  ).toBeVisible({ timeout: 45_000 })
  expect(broken).toEqual([])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the first page keeps nobody out (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/')
    await expect(
      page
        .getByRole('main')
        .getByText(/images? recovers?/)
        .first(),
    ).toBeVisible({ timeout: 45_000 })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([])
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
