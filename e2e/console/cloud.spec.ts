import { expect, type Page, test } from '@playwright/test'
import { ImagesPage } from '@/lib/views/image-row'
import { seriousProblems } from './accessible'
import { fault } from './simulated'

const CLOUD = 'eu-west'

test.describe.configure({ timeout: 240_000 })

// The demo's shy site would fall silent in the middle, and what has its copies there be unknown.
test.beforeAll(() => fault({ kind: 'flaky-site', site: 'eu-south', periodMs: 600_000, silentMs: 0 }))

const wider = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
const cinder = (page: Page) => page.getByRole('region', { name: `Cinder at ${CLOUD}` })

test('Sites show a backend, the volume that is in the way of its failover, and the ways out', async ({ page }) => {
  await page.goto('/sites')
  const card = cinder(page)
  await expect(card.getByText(`At ${CLOUD}, its first site`)).toBeVisible({ timeout: 90_000 })
  await expect(card.getByText(/would go wrong: 1 volume in its way/)).toBeVisible({ timeout: 90_000 })
  await card.getByText('The 1 volume, why, and the ways out').click()
  await expect(card.getByText(/Its replication status is empty/)).toBeVisible()
  await expect(card.getByText(/openstack volume delete/)).toBeVisible()
  await expect(card.getByText(/would put \d+ volumes in error/)).toBeVisible()
  await expect(card.getByText('client.cinder', { exact: true })).toBeVisible({ timeout: 60_000 })
  await page.goto('/')
  await expect(page.getByText(/1 volume would make a failover go wrong/)).toBeVisible()
})

test('an image is found by the name of its volume, and leads to its server and back', async ({ page, request }) => {
  const attached = async () => {
    const { rows } = ImagesPage.parse(await (await request.get('/api/images?cloud=volumes&sort=name&limit=100')).json())
    return rows.find(({ cloud }) => cloud !== null && cloud.servers.length > 0)
  }
  await expect.poll(async () => (await attached())?.id, { timeout: 90_000 }).toBeTruthy()
  const image = await attached()
  const cloud = image?.cloud
  const server = cloud?.servers[0]
  if (image === undefined || cloud == null || server === undefined) throw new Error('no volume is attached')
  await page.goto(`/images?q=${encodeURIComponent(cloud.name)}`)
  await page.getByRole('row', { name: new RegExp(image.name.slice(-6)) }).click()
  const panel = page.getByRole('complementary', { name: 'Image' })
  await expect(panel.getByText(/by monitors of eu-/)).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])
  await panel.getByRole('link', { name: server.name }).click()
  const row = page.getByRole('table', { name: 'Servers' }).getByRole('row', { name: server.name }).first()
  await row.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`server=${server.id}`))
  await expect(page.getByRole('row', { name: new RegExp(image.name.slice(-6)) })).toBeVisible()
})

test('servers stand worst first, are found by ⌘K, and tenants count all their volumes', async ({ page }) => {
  await page.goto('/servers')
  const rows = page.getByRole('table', { name: 'Servers' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('without a copy', { timeout: 90_000 })
  const name = (await rows.nth(1).getByRole('rowheader').textContent()) ?? ''
  await page.getByRole('button', { name: 'by tenant' }).click()
  await expect(page.getByRole('table', { name: 'Tenants' }).getByRole('row').nth(1)).toContainText('without a copy')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(/server/).fill(name)
  await page
    .getByRole('option', { name: new RegExp(`^${name}.*(ACTIVE|SHUTOFF)`) })
    .first()
    .click()
  await expect(page.getByRole('table', { name: 'Servers' }).getByRole('row')).toHaveCount(2)
})

for (const theme of ['dark', 'light'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`servers and Cinder keep nobody out and run over no edge (${theme}, ${viewport.width})`, async ({
      page,
      context,
      baseURL,
    }) => {
      await context.addCookies([{ name: 'antipode-theme', value: theme, url: baseURL ?? '' }])
      await page.setViewportSize(viewport)
      for (const path of ['/servers', '/servers?by=tenant', '/sites']) {
        await page.goto(path)
        const ready = path === '/sites' ? cinder(page) : page.getByRole('table')
        await expect(ready).toBeVisible({ timeout: 90_000 })
        for (const summary of await page.locator('details > summary').all()) await summary.click()
        expect(await seriousProblems(page), path).toEqual([])
        expect(await wider(page), path).toBeLessThanOrEqual(0)
      }
    })
  }
}
