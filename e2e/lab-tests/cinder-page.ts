import { expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { walkChange } from '../wizard'

interface Move {
  readonly from: string
  readonly to: string
  /** What the page says that can go: `12 volumes and 5 servers`. */
  readonly goes: string
  /** Where the site that it leaves is lost: what is declared to fence it. */
  readonly fence?: RegExp
  /** Of a lost site: this console promotes, past cinder-volume. */
  readonly past?: boolean
  /** The group that is to move; else the whole backend. */
  readonly group?: string
  readonly at?: (stage: 'lost' | 'plan' | 'approve') => Promise<unknown>
}

/** The choice alone: which backend, where to, and whether the site that it leaves answers. */
export async function chooseBackend(
  page: Page,
  { to, fence, past, group }: Pick<Move, 'to' | 'fence' | 'past' | 'group'>,
): Promise<void> {
  await page.goto(group === undefined ? '/recover/cinder' : `/recover/cinder?group=${group}`)
  await page.getByRole('radio', { name: new RegExp(`to ${to}`) }).click()
  if (fence === undefined) return
  await page.getByRole('radio', { name: /It is lost/ }).click()
  await page.getByRole('radio', { name: fence }).click()
  if (past === true) await page.getByRole('radio', { name: /This console, past cinder-volume/ }).click()
  // The plan says since when the site is silent: that has to be known first.
  await expect(page.getByText(/no answer for/).first()).toBeVisible()
}

/** From the choice of the backend to the run's own screen. Looks again until all of it can go. */
export async function moveBackend(page: Page, move: Move): Promise<void> {
  const { from, to, goes, at } = move
  await chooseBackend(page, move)
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  const can = page.getByText(`${goes} can go from ${from} to ${to}`)
  await expect(async () => {
    const again = page.getByRole('button', { name: 'Look again' })
    await expect(
      page
        .getByText(/^Both sides read/)
        .or(again)
        .first(),
    ).toBeVisible()
    if (!(await can.isVisible())) await again.first().click()
    await expect(can).toBeVisible({ timeout: 15_000 })
  }).toPass({ timeout: 180_000 })
  await walkChange(page, {
    ...{ typed: from, wrong: to, start: new RegExp(`^Move the backend from ${from} to ${to}$`) },
    at: async (stage) => {
      await at?.(stage)
      if (stage !== 'approve') return
      for (const box of await page.getByRole('checkbox').all()) await box.click()
    },
  })
}

/** The run's own last word, when the backend has moved and all of it is proven. */
export const backendMoved = (page: Page, timeout: number) =>
  expect(
    page.getByText('Done: the backend serves from the other site, with its volumes and servers, by proof'),
  ).toBeVisible({ timeout })

const Rows = z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), verdict: z.string() })) })

/** The images of volumes, as the console lists them. */
export async function volumeImages(page: Page) {
  const { rows } = Rows.parse(await (await page.request.get('/api/images?limit=500')).json())
  return rows.filter(({ name }) => name.startsWith('volume-'))
}

/** Until the console itself says so of as many images of volumes. */
export const seesImages = (page: Page, verdict: string, count: number, timeout: number) =>
  expect
    .poll(async () => (await volumeImages(page)).filter((one) => one.verdict === verdict).length, { timeout })
    .toBe(count)
