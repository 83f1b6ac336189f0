import { expect, type Page, test } from '@playwright/test'
import { ImagesPage } from '@/lib/views/image-row'
import { OverviewView } from '@/lib/views/overview'
import { StatementsView } from '@/lib/views/statements'
import { lookUntil } from '../wizard'
import { seriousProblems } from './accessible'
import { fault } from './simulated'

const FROM = 'eu-west'
const TO = 'eu-north'
const PAGE = '/recover/suspensions'

test.describe.configure({ timeout: 480_000 })

// The demo's shy site would fall silent in the middle of a sentence.
test.beforeAll(() => fault({ kind: 'flaky-site', site: 'eu-south', periodMs: 600_000, silentMs: 0 }))

const overview = async (page: Page) => OverviewView.parse(await (await page.request.get('/api/overview')).json())
const statements = async (page: Page) => StatementsView.parse(await (await page.request.get('/api/statements')).json())
const field = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16)

/** What the list of what needs a hand says of the pool: it may be below the fold of the worst. */
async function said(page: Page, words: RegExp, timeout = 30_000): Promise<void> {
  const item = page
    .getByRole('listitem')
    .filter({ hasText: 'vms: ' })
    .filter({ hasText: `${FROM} to ${TO}` })
  await expect(async () => {
    const more = page.getByRole('button', { name: /^\d+ more$/ })
    if (await more.isVisible()) await more.click()
    await expect(item).toContainText(words, { timeout: 1_000 })
  }).toPass({ timeout })
}

async function openForm(page: Page) {
  await page.goto(PAGE)
  await page.getByRole('button', { name: 'Suspend replication…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'vms' }).click()
  return dialog
}

/** One image of the pool, by its id. */
async function inVms(page: Page): Promise<string> {
  const listed = await page.request.get(
    `/api/images?from=${FROM}&to=${TO}&pool=vms&verdict=following&sort=name&limit=1`,
  )
  return ImagesPage.parse(await listed.json()).rows[0]?.id ?? ''
}

/** The worst exposure of the direction, in seconds by the server's clock. */
async function exposure(page: Page): Promise<number> {
  const { now, poolStreams } = await overview(page)
  const stream = poolStreams?.find(({ from, to, pool }) => from === FROM && to === TO && pool === 'vms')
  return (now - (stream?.worstHeldUntilAt ?? now)) / 1000
}

test('a cut link alarms as a fault; as a planned suspension it is told, counted and asked about, until all has caught up', async ({
  page,
  browser,
}) => {
  await fault({ kind: 'cut-link', a: FROM, b: TO })
  try {
    // As a fault.
    await page.goto('/')
    await said(page, /Warning: .*behind objective/, 240_000)

    // What makes no sense is refused in words, and nothing is stated.
    const form = await openForm(page)
    await expect(form.getByRole('button', { name: 'Suspend' })).toHaveAttribute('aria-disabled', 'true')
    await form.getByRole('textbox', { name: 'Reason' }).fill('the fibre is spliced')
    await form.getByLabel('Ends').fill(field(-5))
    await form.getByRole('button', { name: 'Suspend' }).click()
    await expect(form.getByRole('alert')).toContainText('the end has passed')
    expect((await statements(page)).suspensions).toEqual([])

    // As a planned suspension.
    await form.getByLabel('Ends').fill(field(60))
    await form.getByRole('button', { name: 'Suspend' }).click()
    const card = page.getByRole('article', { name: /vms/ })
    await expect(card).toContainText('holds')
    await expect(card).toContainText('by local operator: the fibre is spliced')
    await expect(card.getByRole('row', { name: /vms at eu-west/ })).toContainText(
      'not known: its room is being measured',
      { timeout: 90_000 },
    )
    expect(await seriousProblems(page)).toEqual([])

    // Somebody else who suspends the same is told who has.
    const other = await (await browser.newContext()).newPage()
    const second = await openForm(other)
    await second.getByRole('textbox', { name: 'Reason' }).fill('me too')
    await second.getByRole('button', { name: 'Suspend' }).click()
    await expect(second.getByRole('alert')).toContainText('local operator has suspended that already')
    await other.context().close()

    // Lag is silent, and counts on.
    await page.goto('/')
    await said(page, /Suspended: .*behind objective/)
    await said(page, /suspended until (\d+ \w+, )?\d\d:\d\d UTC by local operator: the fibre is spliced/)
    await expect(page.getByText(/\d+ images? in split-brain/).first()).toBeVisible()
    const before = await exposure(page)
    expect((await overview(page)).ifLost?.find(({ site }) => site === FROM)?.behindObjective).toBeGreaterThan(0)
    await expect.poll(() => exposure(page)).toBeGreaterThan(before + 5)
    await page.goto('/sites')
    await expect(page.getByText(/Replication is suspended until/)).toBeVisible()

    // A failover asks first.
    const ids = encodeURIComponent(await inVms(page))
    await page.goto(`/recover/failover?from=${FROM}&to=${TO}&ids=${ids}`)
    await lookUntil(page, /Replication between eu-north and eu-west \(vms\) is suspended until/)

    // Ended early it alarms at once, and says what has not caught up.
    await page.goto(PAGE)
    await card.getByRole('button', { name: 'End now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
    await expect(card).toContainText('ended, not all has caught up')
    await expect(card.getByRole('list', { name: 'Not proven' }).getByRole('listitem').first()).toContainText(
      'no snapshot made after the end is complete at the copy',
      { timeout: 30_000 },
    )
    await page.goto('/')
    await said(page, /Warning: .*behind objective/)
    await expect(page.getByText(/The suspension between eu-north and eu-west \(vms\) was ended/)).toBeVisible()
  } finally {
    await fault({ kind: 'mend-link', a: FROM, b: TO })
  }
  await expect
    .poll(async () => (await statements(page)).suspensions[0]?.closed?.by ?? '', { timeout: 300_000 })
    .toBe('system worker')
  const [one] = (await statements(page)).suspensions
  expect(one?.progress?.caughtUp).toBe(one?.progress?.images)
  await page.goto(PAGE)
  await page.getByText('Past: 1 suspension').click()
  await expect(page.getByText(/Closed by system worker at .*: all has caught up/)).toBeVisible()
})

test('an outage that is waited for: the clock runs, and when the site is back it is proven image by image', async ({
  page,
  request,
}) => {
  const listed = await request.get(`/api/images?from=eu-south&to=${FROM}&verdict=following&sort=name&limit=2`)
  const ids = ImagesPage.parse(await listed.json()).rows.map(({ id }) => id)
  await fault({ kind: 'lose-site', site: 'eu-south' })
  try {
    await page.goto(PAGE)
    await page.getByRole('button', { name: 'Acknowledge the outage of eu-south' }).click({ timeout: 60_000 })
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Acknowledge' })).toHaveAttribute('aria-disabled', 'true')
    await dialog.getByRole('textbox', { name: 'Why it is not failed over' }).fill('its power is back at noon')
    await dialog.getByRole('button', { name: 'Acknowledge' }).click()
    const card = page.getByRole('article', { name: 'Outage of eu-south' })
    await expect(card).toContainText(/silent for \d+ .*acknowledged/)
    await expect(card).toContainText('not failed over, because its power is back at noon')
    expect(await seriousProblems(page)).toEqual([])
    await page.goto('/')
    await expect(
      page.getByText(/outage acknowledged by local operator at .*: not failed over, because its power/),
    ).toBeVisible()

    // Giving it up after all asks first: without a tick the name alone starts nothing.
    await page.goto(`/recover/forced?from=eu-south&to=${FROM}&ids=${encodeURIComponent(ids.join(','))}`)
    await lookUntil(page, 'All 2 images of eu-south can be promoted by force')
    const asked = 'eu-south is waited for: its outage was acknowledged'
    await expect(page.getByText(asked).first()).toBeVisible()
    await page.getByRole('button', { name: 'What would be lost' }).click()
    await page.getByRole('button', { name: 'What will run' }).click()
    await page.getByRole('button', { name: 'Go on to approve' }).click()
    await page.getByRole('textbox', { name: 'To start, type eu-south' }).fill('eu-south')
    const start = page.getByRole('button', { name: /^Promote 2 images by force$/ })
    await expect(start).toHaveAttribute('aria-description', new RegExp(`Agree first: ${asked}`))
    expect(await seriousProblems(page)).toEqual([])
    await page.getByRole('checkbox', { name: `Start all the same: ${asked}` }).click()
    await expect(start).not.toHaveAttribute('aria-description', /Agree first/)
  } finally {
    await fault({ kind: 'back', site: 'eu-south' })
  }
  await page.goto(PAGE)
  await expect
    .poll(async () => (await statements(page)).outages[0]?.closed?.reason ?? '', { timeout: 300_000 })
    .toBe('replication has gone on')
  const progress = (await statements(page)).outages[0]?.progress
  expect(progress?.images).toBeGreaterThan(50)
  expect(progress?.rest).toEqual([])
  await page.getByText('Past: 1 outage').click()
  await expect(page.getByText(/Replication is proven to have gone on for \d+ of \d+ images/)).toBeVisible()
})
