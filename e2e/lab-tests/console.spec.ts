import { expect, type Page, test } from '@playwright/test'
import { approve, lookUntilAllCanGo } from '../wizard'
import { isPrimary, lab, needLab, rbd } from './lab'
import { never } from './never'
import { lacking, startWriter } from './writer'

const NAMES = ['vol-journal-1', 'vol-snap-1']

interface Row {
  readonly id: string
  readonly name: string
  readonly verdict: string
}

test.beforeAll(async () => {
  test.setTimeout(300_000)
  needLab()
  await lab('reset')
  await lab('wait')
})

async function rowsOf(page: Page): Promise<readonly Row[]> {
  const answer = await page.request.get('/api/images?limit=500')
  expect(answer.ok()).toBe(true)
  return ((await answer.json()) as { rows: readonly Row[] }).rows
}

test('what the screen says of each image is what rbd says', async ({ page }) => {
  await expect
    .poll(async () => (await rowsOf(page)).filter(({ verdict }) => verdict === 'following').length)
    .toBeGreaterThanOrEqual(6)
  const status = JSON.parse(
    await rbd('site-b', 'mirror', 'pool', 'status', 'volumes', '--verbose', '--format', 'json'),
  ) as {
    images: readonly { name: string; state: string }[]
  }
  await page.goto('/images?pool=volumes')
  for (const { name, state } of status.images) {
    const row = page.getByRole('row').filter({ hasText: name })
    await expect(row).toContainText('site-a primary')
    await expect(row).toContainText(`site-b ${state}`)
  }
})

test('both modes are failed over from a click while a client writes; nothing of what it was told is safe is lost', async ({
  page,
}) => {
  await expect.poll(async () => (await rowsOf(page)).filter(({ name }) => NAMES.includes(name)).length).toBe(2)
  const ids = (await rowsOf(page)).filter(({ name }) => NAMES.includes(name)).map(({ id }) => id)
  const writer = await startWriter({ site: 'site-a', images: NAMES })
  try {
    await page.goto(`/recover/failover?from=site-a&to=site-b&ids=${encodeURIComponent(ids.join(','))}`)
    await page.getByRole('radio', { name: /evict/i }).click()
    await lookUntilAllCanGo(page, 2, 'site-a', 'site-b')
    await approve(page, 'site-a', 'site-b')
    await expect(page.getByText('Done: every image is primary at the other site, by proof')).toBeVisible({
      timeout: 200_000,
    })
  } finally {
    writer.kill()
  }
  for (const name of NAMES) {
    expect([await isPrimary('site-a', `volumes/${name}`), await isPrimary('site-b', `volumes/${name}`)]).toEqual([
      false,
      true,
    ])
  }
  never('bytes that differ', lacking(await writer.verify('site-b')))
})
