import { expect, type Page } from '@playwright/test'

/** Looks at both sides until all that were chosen can go: a snapshot that is just being copied holds one back for a moment. */
export async function lookUntilAllCanGo(page: Page, count: number, from: string, to: string): Promise<void> {
  await expect(page.getByRole('list', { name: 'Picked images' }).getByRole('listitem')).toHaveCount(count)
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(async () => {
    await expect(page.getByRole('status').filter({ hasText: 'can be failed over' })).toBeVisible()
    const all = page.getByText(`All ${count} images can be failed over from ${from} to ${to}.`)
    if (!(await all.isVisible())) await page.getByRole('button', { name: 'Look again' }).click()
    await expect(all).toBeVisible()
  }).toPass({ timeout: 120_000 })
}

/** From what was found to the run's own screen. The wrong name must not start anything. */
export async function approve(
  page: Page,
  from: string,
  wrong: string,
  at: (stage: 'lost' | 'plan' | 'approve') => Promise<unknown> = async () => {},
): Promise<void> {
  await page.getByRole('button', { name: 'What would be lost' }).click()
  await expect(page.getByText('If the run goes through, nothing is lost:')).toBeVisible()
  await at('lost')
  await page.getByRole('button', { name: 'What will run' }).click()
  await expect(page.getByText('Prove that the copy holds everything')).toBeVisible()
  await at('plan')
  await page.getByRole('button', { name: 'Go on to approve' }).click()
  const start = page.getByRole('button', { name: /^Fail over \d+ images?$/ })
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('textbox', { name: `To start, type ${from}` }).fill(wrong)
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('textbox', { name: `To start, type ${from}` }).fill(from)
  await at('approve')
  // Both sides are looked at once more: a snapshot on its way right then changes the plan, and that is said, not run.
  await expect(async () => {
    if ((await start.getAttribute('aria-disabled')) === 'true' || (await page.getByText('Not started').isVisible())) {
      await page.getByRole('button', { name: 'Look again' }).last().click()
      await expect(page.getByText(/^Both sides read [0-9] s ago$/)).toBeVisible()
    }
    await start.click({ timeout: 5_000 })
    await expect(page).toHaveURL(/\/runs\/r-/, { timeout: 30_000 })
  }).toPass({ timeout: 120_000 })
}
