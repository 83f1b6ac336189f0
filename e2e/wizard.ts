import { expect, type Page } from '@playwright/test'

/** Looks until all that were chosen can go, as the page then says. */
export async function lookUntil(page: Page, said: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  const all = page.getByText(said)
  const again = page.getByRole('button', { name: 'Look again' })
  await expect(async () => {
    // A look that failed offers another one as well: a busy cluster may let one question run out of its time.
    await expect(
      page
        .getByText(/^Both sides read/)
        .or(again)
        .first(),
    ).toBeVisible()
    if (!(await all.isVisible())) await again.first().click()
    await expect(all).toBeVisible()
  }).toPass({ timeout: 180_000 })
}

/** Looks at both sides until all that were chosen can go: a snapshot that is just being copied holds one back for a moment. */
export async function lookUntilAllCanGo(page: Page, count: number, from: string, to: string): Promise<void> {
  await expect(page.getByText(`${count} ${count === 1 ? 'image' : 'images'} picked`)).toBeVisible()
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(async () => {
    await expect(page.getByRole('status').filter({ hasText: /can be failed over|can(not)? go/ })).toBeVisible()
    const all = page.getByText(`All ${count} images can be failed over from ${from} to ${to}.`)
    if (!(await all.isVisible())) await page.getByRole('button', { name: 'Look again' }).click()
    await expect(all).toBeVisible()
  }).toPass({ timeout: 120_000 })
}

interface Walk {
  /** The name that starts it, and one that must not. */
  readonly typed: string
  readonly wrong: string
  /** What the ledger's page says first, a step of the plan, and the button that starts it. */
  readonly lost: RegExp | string
  readonly step: string
  readonly start: RegExp
  readonly at?: (stage: 'lost' | 'plan' | 'approve') => Promise<unknown>
}

/** From what was found to the run's own screen. The wrong name must not start anything. */
export async function walk(page: Page, { typed, wrong, lost, step, start: label, at }: Walk): Promise<void> {
  await page.getByRole('button', { name: 'What would be lost' }).click()
  await expect(page.getByText(lost).first()).toBeVisible()
  await at?.('lost')
  await page.getByRole('button', { name: 'What will run' }).click()
  await expect(page.getByRole('heading', { name: step })).toBeVisible()
  await at?.('plan')
  await page.getByRole('button', { name: 'Go on to approve' }).click()
  const start = page.getByRole('button', { name: label })
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('textbox', { name: `To start, type ${typed}` }).fill(wrong)
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('textbox', { name: `To start, type ${typed}` }).fill(typed)
  await at?.('approve')
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

/** The same of a planned failover. */
export const approve = (page: Page, from: string, wrong: string, at?: Walk['at']): Promise<void> =>
  walk(page, {
    ...{ typed: from, wrong, lost: 'If the run goes through, nothing is lost:' },
    ...{ step: 'Prove that the copy holds everything', start: /^Fail over \d+ images?$/ },
    ...(at && { at }),
  })

/** From what was found to the run's own screen, of a set-up or a take-down. The wrong name must not start anything. */
export async function walkChange(
  page: Page,
  { typed, wrong, start: label, at }: Pick<Walk, 'typed' | 'wrong' | 'start' | 'at'>,
): Promise<void> {
  await page.getByRole('button', { name: 'What will change' }).click()
  await expect(page.getByRole('region', { name: 'What changes' })).toBeVisible()
  await at?.('lost')
  await page.getByRole('button', { name: 'What will run' }).click()
  await expect(page.getByRole('tab', { name: /steps$/ })).toBeVisible()
  await at?.('plan')
  await page.getByRole('button', { name: 'Go on to approve' }).click()
  const start = page.getByRole('button', { name: label })
  await page.getByRole('textbox', { name: `To start, type ${typed}` }).fill(wrong)
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('textbox', { name: `To start, type ${typed}` }).fill(typed)
  await at?.('approve')
  await start.click()
  await expect(page).toHaveURL(/\/runs\/r-/, { timeout: 60_000 })
}
