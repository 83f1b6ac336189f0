import { expect, test } from '@playwright/test'
import { lookUntil } from '../wizard'
import { seriousProblems } from './accessible'
import { fault, movable } from './simulated'

const FROM = 'eu-west'
const TO = 'eu-north'

test.describe.configure({ timeout: 300_000 })

test('a split-brain that is none may be copied again from its primary; a real one is refused, and what each side wrote is shown', async ({
  page,
  request,
}) => {
  const [none, real] = await movable(request, { mode: 'journal', count: 2, skip: 20, atMostGiB: 20 })
  if (none === undefined || real === undefined) throw new Error('no images')
  await fault({ kind: 'estrange', image: none.name })
  await fault({ kind: 'split-brain', image: real.name })
  await fault({ kind: 'write', image: real.name, site: FROM, writes: 3 })

  // The image itself says what speaks for each side.
  await page.goto(`/images?image=${encodeURIComponent(real.id)}`)
  const panel = page.getByRole('complementary', { name: 'Image' })
  await expect(panel.getByText('Both sides beside each other')).toBeVisible({ timeout: 60_000 })
  await panel.getByRole('button', { name: 'Compare both sides' }).click()
  await expect(panel.getByRole('region', { name: `At ${TO}` }).getByText('Role')).toBeVisible({ timeout: 30_000 })
  await expect(panel.getByText(/sampled pieces of 64 KiB differ/)).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])

  const ids = encodeURIComponent([none.id, real.id].join(','))
  await page.goto(`/recover/resync?from=${FROM}&to=${TO}&ids=${ids}`)
  await expect(page.getByRole('list', { name: 'Picked images' }).getByRole('listitem')).toHaveCount(2)
  // Looked at twice: the poller's look has to be a minute old.
  await lookUntil(page, `1 image of 2 at ${TO} can be copied again from ${FROM}`)
  await expect(page.getByText(/Protect it again instead/).first()).toBeVisible()
})
