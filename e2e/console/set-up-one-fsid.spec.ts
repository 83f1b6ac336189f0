import { expect, test } from '@playwright/test'
import { chooseSetUp } from '../set-up-page'
import { walkChange } from '../wizard'
import { said } from './simulated'

test('two clusters of one fsid: a token is refused before it is tried, and peers by hand bring the copies', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await page.goto('/recover/set-up')
  const picks = [
    { spec: 'volumes/vol-1', mode: 'journal' },
    { spec: 'volumes/vol-3', mode: 'snapshot' },
  ] as const
  await chooseSetUp(page, { from: 'site-a', pools: ['volumes'], picks })
  await expect(page.getByText('Both clusters have one fsid: no token can be used between them')).toBeVisible()
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText('This cannot be started')).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'Take peers by hand' }).click()
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText('Both clusters have one fsid: peers by hand work')).toBeVisible({ timeout: 60_000 })
  await walkChange(page, { typed: 'site-b', wrong: 'site-a', start: /^Set up mirroring$/ })
  await expect(page.getByText('Done: what was chosen is mirrored, each part of it seen at work')).toBeVisible({
    timeout: 240_000,
  })
  for (const { spec } of picks) {
    const info = await said('site-b', ['rbd', 'info', spec, '--format', 'json'])
    expect(JSON.parse(info)).toMatchObject({ mirroring: { primary: false } })
  }
})
