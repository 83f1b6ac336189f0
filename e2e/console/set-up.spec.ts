import { expect, type Page, test } from '@playwright/test'
import { chooseSetUp, type Pick } from '../set-up-page'
import { walkChange } from '../wizard'
import { seriousProblems } from './accessible'
import { fault, said } from './simulated'

const PICKS: readonly Pick[] = [
  { spec: 'volumes/vol-1', mode: 'journal' },
  { spec: 'volumes/vol-nolock-1', mode: 'journal' },
  { spec: 'volumes/vol-3', mode: 'snapshot' },
  { spec: 'images/img-base-1', mode: 'snapshot' },
  { spec: 'volumes/vol-clone-1', mode: 'snapshot' },
]
const POOLS = ['images', 'volumes']

const mirroringOf = async (site: string, spec: string) =>
  (
    JSON.parse(await said(site, ['rbd', 'info', spec, '--format', 'json'])) as {
      mirroring?: { primary: boolean; mode: string }
    }
  ).mirroring
const poolOf = async (site: string, pool: string) =>
  JSON.parse(await said(site, ['rbd', 'mirror', 'pool', 'info', pool, '--format', 'json'])) as {
    mode: string
    peers?: { site_name: string; direction: string }[]
  }
const found = (page: Page, text: string | RegExp) =>
  expect(page.getByText(text).first()).toBeVisible({ timeout: 60_000 })

test.describe.configure({ mode: 'serial', timeout: 420_000 })

test('two bare sites are shown without errors, and each empty page leads to the set-up', async ({ page }) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  for (const path of ['/', '/sites', '/images', '/wall', '/status', '/recover', '/runs']) {
    await page.goto(path)
    await expect(page.getByRole('main')).toBeVisible()
    await expect(page.getByText('Something went wrong')).toHaveCount(0)
  }
  await page.goto('/wall')
  await expect(page.getByRole('heading', { name: 'NOT protected: nothing is mirrored' })).toBeVisible({
    timeout: 60_000,
  })
  await expect(page.getByText('If a site is lost now, all that it has is lost with it.')).toBeVisible()
  await page.goto('/')
  await expect(page.getByText('All that it has is lost')).toHaveCount(2, { timeout: 60_000 })
  await expect(page.getByText('No image is mirrored')).toBeVisible()
  await page.goto('/images')
  await page.getByRole('link', { name: 'Set up mirroring' }).last().click()
  await expect(page).toHaveURL(/\/recover\/set-up/)
  await page.goto('/sites')
  await page.getByRole('main').getByRole('link', { name: 'Set up mirroring' }).click()
  await expect(page.getByRole('heading', { name: 'Mirror site-a to site-b' })).toBeVisible()
  expect(errors).toEqual([])
})

test('a clone without its parent, a name that is taken and a way that is shut are found before anything is changed', async ({
  page,
}) => {
  await page.goto('/recover/set-up')
  await chooseSetUp(page, {
    ...{ from: 'site-a', pools: ['volumes'] },
    picks: [
      { spec: 'volumes/vol-clone-1', mode: 'snapshot' },
      { spec: 'volumes/vol-3', mode: 'snapshot' },
    ],
  })
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await found(page, /its parent .* is not mirrored and not chosen/)
  await found(page, '1 image of site-a can be mirrored to site-b. 1 image would be set aside.')
  await found(page, 'site-b reaches site-a')
  await fault({ kind: 'lose-site', site: 'site-b' })
  try {
    await page.getByRole('button', { name: 'Look again' }).click()
    await found(page, 'A site does not answer, so nothing can be said')
  } finally {
    await fault({ kind: 'back', site: 'site-b' })
  }
  await page.getByRole('button', { name: 'Start over' }).click()
})

test('from two bare sites to images that follow: pools, peers by token, both modes, a clone with its parent, schedules', async ({
  page,
}) => {
  await page.goto('/recover/set-up?from=site-a&to=site-b')
  await chooseSetUp(page, { from: 'site-a', pools: POOLS, picks: PICKS, schedules: { volumes: '1m', images: '1m' } })
  expect(await seriousProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await found(page, '5 images of site-a can be mirrored to site-b.')
  await found(page, 'The clusters have fsids of their own')
  await walkChange(page, {
    ...{ typed: 'site-b', wrong: 'site-a', start: /^Set up mirroring$/ },
    at: async (stage) => {
      expect(await seriousProblems(page)).toEqual([])
      if (stage !== 'plan') return
      await expect(page.getByText(/bootstrap create .* \| .*bootstrap import/).first()).toBeVisible()
    },
  })
  await expect(page.getByText('Done: what was chosen is mirrored, each part of it seen at work')).toBeVisible({
    timeout: 300_000,
  })
  const changed = page.getByRole('region', { name: 'What is changed' }).first()
  for (const what of ['pool volumes at site-a', 'peer of pool volumes at site-b', 'volumes/vol-1'])
    await expect(changed.getByRole('row').filter({ hasText: what }).first()).toContainText('done')
  expect(await seriousProblems(page)).toEqual([])
  for (const { spec, mode } of PICKS) {
    expect(await mirroringOf('site-a', spec)).toMatchObject({ primary: true, mode })
    expect(await mirroringOf('site-b', spec)).toMatchObject({ primary: false, mode })
  }
  for (const [site, other] of [
    ['site-a', 'site-b'],
    ['site-b', 'site-a'],
  ] as const) {
    for (const pool of POOLS)
      expect(await poolOf(site, pool)).toMatchObject({
        mode: 'image',
        peers: [{ site_name: other, direction: 'rx-tx' }],
      })
  }
  await page.goto('/images')
  await expect(page.getByRole('row').filter({ hasText: 'vol-clone-1' })).toBeVisible({ timeout: 90_000 })
})

test('the same set-up once more finds it done, and changes nothing', async ({ page }) => {
  await page.goto('/recover/set-up?from=site-a&to=site-b')
  await chooseSetUp(page, { from: 'site-a', pools: POOLS, picks: PICKS, schedules: { volumes: '1m', images: '1m' } })
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await found(page, '5 images of site-a can be mirrored to site-b.')
  await page.getByRole('button', { name: 'What will change' }).click()
  const changes = page.getByRole('region', { name: 'What changes' })
  await expect(changes.getByText('so already')).not.toHaveCount(0)
  await expect(changes.getByText('changes:', { exact: true })).toHaveCount(0)
})

test('all of it is taken down again: the copies are deleted, the images stay, the pools and peers are as before', async ({
  page,
}) => {
  await page.goto('/recover/take-down?from=site-a&to=site-b')
  await page.getByRole('radio', { name: /^Everything/ }).click()
  for (const pool of POOLS) await page.getByRole('checkbox', { name: `Pool ${pool}`, exact: true }).click()
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await found(page, '5 copies at site-b are deleted')
  await walkChange(page, { typed: 'site-b', wrong: 'site-a', start: /^Take mirroring down$/ })
  await expect(page.getByText('Done: what was chosen is mirrored no more')).toBeVisible({ timeout: 240_000 })
  for (const { spec } of PICKS) expect(await mirroringOf('site-a', spec)).toBeUndefined()
  expect(await said('site-b', ['rbd', 'ls', 'volumes'])).not.toContain('vol-1')
  for (const site of ['site-a', 'site-b'])
    for (const pool of POOLS) expect(await poolOf(site, pool)).toMatchObject({ mode: 'disabled' })
})
