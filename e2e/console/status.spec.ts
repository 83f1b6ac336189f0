import { expect, type Page, test } from '@playwright/test'
import { StatusView } from '@/lib/views/status'
import { seriousProblems } from './accessible'
import { fault } from './simulated'

test.describe.configure({ timeout: 180_000 })

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

const read = async (page: Page) => {
  await page.goto('/status')
  await expect(section(page, 'Archive')).toContainText('A copy of all its data is kept at eu-west', {
    timeout: 120_000,
  })
}

// The demo's shy site would fall silent in the middle of a sentence.
test.beforeAll(() => fault({ kind: 'flaky-site', site: 'eu-south', periodMs: 600_000, silentMs: 0 }))

test('the demo tells of three services in sentences, without a word of storage', async ({ page, request }) => {
  await read(page)
  for (const name of ['Payments', 'Customer portal', 'Archive']) await expect(section(page, name)).toBeVisible()
  await expect(section(page, 'Archive')).toContainText('Its data is served from eu-south, its usual place.')
  await expect(section(page, 'Archive')).toContainText(/If eu-south failed now, the changes of the last \d+ seconds/)
  const answer = await (await request.get('/api/status')).text()
  expect(answer).not.toMatch(/vms|volume|"images?"|fsid|rbd|ceph|mirror|10\.\d+\.\d|_disk|mon\d/)
  expect(StatusView.parse(JSON.parse(answer)).services).toHaveLength(3)
})

test('the page keeps nobody out, is light whatever the console is, and fits a narrow window', async ({
  page,
  baseURL,
}) => {
  await page.context().addCookies([{ name: 'antipode-theme', value: 'dark', url: baseURL ?? '' }])
  await read(page)
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
    'rgb(247, 247, 245)',
  )
  expect(await seriousProblems(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
})

test('a site that falls silent makes known sentences unknown, with since when', async ({ page }) => {
  await read(page)
  await fault({ kind: 'lose-site', site: 'eu-south' })
  try {
    await expect(section(page, 'Archive')).toContainText(/Not known since \d\d:\d\d UTC/, { timeout: 90_000 })
    await expect(section(page, 'Archive')).toContainText(/If eu-south is lost, .* at most, counted on/)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/eu-south has not been heard of since/)
    expect(await seriousProblems(page)).toEqual([])
  } finally {
    await fault({ kind: 'back', site: 'eu-south' })
  }
})

test('ten services, each with as much to say as there can be, are one sheet of paper', async ({ page, request }) => {
  const view = StatusView.parse(await (await request.get('/api/status')).json())
  const [one] = view.services
  const [flow] = one?.flows ?? []
  if (one === undefined || flow === undefined) throw new Error('the demo has services')
  const now = Date.now()
  const recovery = {
    ...{ kind: 'move', from: 'eu-west', to: 'eu-north', state: 'running', wish: 'go', stage: 'prove' },
    startedAt: now - 60_000,
    ...{ stepIdx: 4, steps: 11, disks: 90, arrived: 12, stopped: 1, rtoSec: 1_800 },
  }
  const states = {
    'in-step': 3,
    halted: 2,
    unmeasured: 1,
    'first-copy': 2,
    incomplete: 1,
    none: 1,
    apart: 2,
    closed: 1,
  }
  const ways = [
    { from: 'eu-west', to: 'eu-north' },
    { from: 'eu-north', to: 'eu-west' },
    { from: 'eu-south', to: 'eu-west' },
  ]
  const gone = { readAt: now - 900_000, freshUntilAt: now - 800_000 }
  const flows = ways.map(({ from, to }, index) => ({
    ...{
      ...flow,
      from,
      to,
      disks: 13,
      states: index === 2 ? { unknown: 13 } : states,
      late: 4,
      lateFromAt: now - 3_600_000,
    },
    reads: [
      { site: from, ...(index === 2 ? gone : { readAt: now - 1_000, freshUntilAt: now + 60_000 }) },
      { site: to, ...(index === 1 ? gone : { readAt: now - 1_000, freshUntilAt: now + 60_000 }) },
    ],
  }))
  const services = Array.from({ length: 10 }, (_, index) => ({
    ...{ ...one, flows, id: `s-${index}`, name: `Service number ${index + 1}` },
    ...{
      sentence: 'Where all the cards of all the shops are charged, day and night. '.repeat(2),
      objective: '5 minutes',
    },
    recovery: index === 0 ? recovery : null,
    note: index === 1 ? { text: 'We look into it. '.repeat(12), by: 'an operator', at: now, until: now + 1e6 } : null,
  }))
  await page.route('**/api/status', (route) => route.fulfill({ json: { ...view, now, services } }))
  await page.goto('/status')
  await expect(section(page, 'Service number 10')).toBeVisible({ timeout: 30_000 })
  await expect(section(page, 'Service number 10')).toContainText('that differ')
  const sheet = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(sheet.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1)
})

test('an operator names a filter, gives it a note, renames it and takes it off the page', async ({ page }) => {
  await page.goto('/images?pool=images')
  await page.getByRole('button', { name: 'Name for the status page' }).click()
  const naming = page.getByRole('dialog')
  await expect(naming.getByRole('button', { name: 'Name them' })).toHaveAttribute('aria-disabled', 'true')
  await naming.getByRole('textbox', { name: 'Name', exact: false }).first().fill('payments')
  await naming.getByRole('button', { name: 'Name them' }).click()
  await expect(naming.getByRole('alert')).toContainText('has a service called "Payments" already')
  await naming.getByRole('textbox', { name: 'Name', exact: false }).first().fill('Golden images')
  await naming.getByRole('button', { name: 'Name them' }).click()
  await naming.getByRole('link', { name: 'Open the status page' }).click()

  await expect(section(page, 'Golden images')).toContainText('are served from eu-west')
  await page.getByRole('button', { name: 'Add a note: Golden images' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('New ones come on Monday.')
  await page.getByRole('button', { name: 'Add the note' }).click()
  await expect(section(page, 'Golden images')).toContainText(/Note by local operator, \d\d:\d\d UTC, good until/)

  await page.getByRole('button', { name: 'Edit: Golden images' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('Base systems')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(section(page, 'Base systems')).toContainText('New ones come on Monday.')

  await page.getByRole('button', { name: 'Remove: Base systems' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(section(page, 'Base systems')).toHaveCount(0)
})
