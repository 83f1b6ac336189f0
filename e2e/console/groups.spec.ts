import { expect, type Page, test } from '@playwright/test'
import { seriousProblems } from './accessible'

test.describe.configure({ timeout: 240_000 })

const condition = (page: Page, at: string) => page.getByRole('textbox', { name: `${at}: value` })

test('the groups of the demo: one is a whole backend and can move as one, one is a part and cannot', async ({
  page,
}) => {
  await page.goto('/groups')
  const table = page.getByRole('table', { name: 'Groups' })
  const payments = table.getByRole('row', { name: /Payments/ })
  await expect(payments).toContainText('not ready', { timeout: 90_000 })
  await expect(payments).toContainText('It cannot move by itself')
  await payments.getByRole('link', { name: 'Payments' }).click()
  await expect(page.getByText(/failover_host would take them along/)).toBeVisible()
  await expect(page.getByText(/somebody says yes: Are the databases clean/)).toBeVisible()
  await expect(page.getByRole('table', { name: 'Members' }).getByText('tenant payments').first()).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])
  await page.goto('/groups/Logistics%20and%20archive')
  await expect(page.getByText(/It is all that failover_host would take of /)).toBeVisible()
})

test('a group is made by a rule with its members seen beside it, gets a gate, and takes nothing of another', async ({
  page,
}) => {
  await page.goto('/groups/new')
  await page.getByRole('textbox', { name: 'Name' }).fill('Retail')
  await condition(page, 'Rule 1, condition 1').fill('payments')
  const clash = page.getByRole('alert').filter({ hasText: 'It cannot be saved' })
  await expect(clash).toContainText('“Payments” and “Retail”', { timeout: 60_000 })
  await page.getByRole('button', { name: 'Make the group' }).click()
  await expect(page.getByText(/✕ .*“Payments” and “Retail”/)).toBeVisible({ timeout: 30_000 })
  await condition(page, 'Rule 1, condition 1').fill('retail')
  await expect(clash).toBeHidden({ timeout: 30_000 })
  const seen = page.getByRole('region', { name: 'Who is in it now' })
  await expect(seen.getByRole('row').nth(1)).toContainText('tenant retail')
  await page.getByRole('button', { name: 'Make the group' }).click()
  await expect(page).toHaveURL(/\/groups\/Retail$/, { timeout: 30_000 })
  await expect(page.getByRole('table', { name: 'Members' }).getByRole('row').nth(1)).toContainText('tenant retail')

  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('button', { name: 'Add a stage' }).click()
  await condition(page, 'Stage 1, servers 1').fill('db-*')
  await page.getByRole('button', { name: 'Add a gate to stage 1' }).click()
  await page.getByRole('textbox', { name: 'Stage 1, gate 1: host' }).fill('db.retail')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page).toHaveURL(/\/groups\/Retail$/, { timeout: 30_000 })
  await expect(page.getByText('port 5432 of db.retail takes connections')).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])
})

test('the failover of a part of a backend is refused before anything is done, with the ways out', async ({ page }) => {
  await page.goto('/groups/Payments')
  await page.getByRole('link', { name: 'See the ways out' }).click()
  await expect(page.getByRole('region', { name: 'Group Payments' })).toBeVisible()
  await expect(page.getByRole('radio', { checked: true }).first()).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText(/are not in group Payments/).first()).toBeVisible({ timeout: 120_000 })
  await expect(page.getByText(/fail over the whole backend/).first()).toBeVisible()
  await expect(page.getByText('[ceph-payments]')).toBeVisible()
})

test('a group is found by ⌘K, and deleted where its name is typed', async ({ page }) => {
  await page.goto('/')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(/image/).fill('Retail')
  await page
    .getByRole('option', { name: /^Retail.*eu-west/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/groups\/Retail$/)
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete group Retail' })
  await dialog.getByRole('textbox').fill('Retail')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page).toHaveURL(/\/groups$/, { timeout: 30_000 })
  await expect(page.getByRole('table', { name: 'Groups' }).getByRole('row', { name: /Retail/ })).toBeHidden()
})

test('in a narrow window nothing is cut off', async ({ page }) => {
  await page.setViewportSize({ width: 420, height: 900 })
  for (const path of ['/groups', '/groups/Payments', '/groups/new']) {
    await page.goto(path)
    await expect(page.getByRole('main')).not.toBeEmpty()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  }
})
