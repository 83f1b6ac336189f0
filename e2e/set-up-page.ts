import { expect, type Page } from '@playwright/test'

export interface Pick {
  readonly spec: string
  readonly mode: 'journal' | 'snapshot'
}

interface Choice {
  readonly from: string
  readonly pools: readonly string[]
  readonly picks: readonly Pick[]
  /** By pool. */
  readonly schedules?: Readonly<Record<string, string>>
  readonly peers?: 'By token' | 'By hand'
}

/** Chooses on the set-up page as somebody would: sites, pools, peers, images each in its mode, schedules. */
export async function chooseSetUp(page: Page, { from, pools, picks, schedules = {}, peers }: Choice): Promise<void> {
  await choose(page, 'The images are at', from)
  for (const pool of pools) await page.getByRole('checkbox', { name: `Pool ${pool}`, exact: true }).click()
  if (peers !== undefined) await page.getByRole('radio', { name: new RegExp(`^${peers}`) }).click()
  await page.getByRole('radio', { name: /^Some of them/ }).click()
  for (const { mode, title } of [
    { mode: 'journal', title: /^Journal/ },
    { mode: 'snapshot', title: /^Snapshots/ },
  ] as const) {
    await page.getByRole('radiogroup', { name: 'Journal or snapshots' }).getByRole('radio', { name: title }).click()
    for (const { spec } of picks.filter((pick) => pick.mode === mode)) {
      await page.getByRole('textbox', { name: 'Name contains' }).fill(spec)
      await page.getByRole('checkbox', { name: spec, exact: true }).click()
    }
  }
  await page.getByRole('textbox', { name: 'Name contains' }).fill('')
  await expect(page.getByText(`${picks.length} images picked`)).toBeVisible()
  for (const [pool, interval] of Object.entries(schedules))
    await choose(page, `Schedule of ${pool}`, `every ${interval}`)
}

/** One of a select's choices. */
export async function choose(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: text, exact: true }).click()
}
