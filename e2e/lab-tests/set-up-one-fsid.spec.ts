import { expect, test } from '@playwright/test'
import { chooseSetUp, type Pick } from '../set-up-page'
import { walkChange } from '../wizard'
import { contentOf, needLab, primariesOf } from './lab'

const PICKS: readonly Pick[] = [
  { spec: 'volumes/vol-1', mode: 'journal' },
  { spec: 'volumes/vol-3', mode: 'snapshot' },
]

test.beforeAll(() => needLab())

test('two clusters of one fsid mirror each other by clicks, with peers by hand', async ({ page }) => {
  await page.goto('/recover/set-up')
  await chooseSetUp(page, { from: 'site-a', pools: ['volumes'], picks: PICKS })
  await expect(page.getByText('Both clusters have one fsid: no token can be used between them')).toBeVisible()
  await page.getByRole('button', { name: 'Take peers by hand' }).click()
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText('2 images of site-a can be mirrored to site-b.')).toBeVisible()
  await walkChange(page, { typed: 'site-b', wrong: 'site-a', start: /^Set up mirroring$/ })
  await expect(page.getByText('Done: what was chosen is mirrored, each part of it seen at work')).toBeVisible({
    timeout: 420_000,
  })
  for (const { spec } of PICKS) {
    expect(await primariesOf(spec)).toEqual(['site-a'])
    expect(await contentOf('site-b', spec)).toBe(await contentOf('site-a', spec))
  }
})
