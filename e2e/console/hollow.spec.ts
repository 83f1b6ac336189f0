import { expect, test } from '@playwright/test'
import { ImagesPage } from '@/lib/views/image-row'
import { lookUntil, walk } from '../wizard'
import { fault, movable, said, truthOf } from './simulated'

const FROM = 'eu-west'
const TO = 'eu-north'
const CLONE = 'volumes/hollow-by-a-test'
const SOON_MS = 150_000

test.describe.configure({ timeout: 300_000 })

test('a clone that was flattened by hand is called hollow, not failed over, and made whole by a resync', async ({
  page,
  request,
}) => {
  const [base] = await movable(request, { mode: 'snapshot', count: 1, skip: 14 })
  if (base === undefined) throw new Error('no snapshot image follows')
  await fault({ kind: 'make-image', image: CLONE, site: FROM, mode: 'snapshot', sizeBytes: 1 << 26, parent: base.name })
  const row = async () => {
    const { rows } = ImagesPage.parse(await (await request.get('/api/images?q=hollow-by-a-test&limit=5')).json())
    return rows[0]
  }
  const is = (verdict: string) =>
    expect.poll(async () => (await row())?.verdict, { message: `it is ${verdict}`, timeout: SOON_MS }).toBe(verdict)
  await is('following')
  const id = (await row())?.id ?? ''
  // Its copy has been looked at: from then on it is known that it had a parent.
  await expect.poll(async () => (await row())?.grade, { timeout: SOON_MS }).toBe('measured')

  await said(FROM, ['rbd', 'flatten', '--no-progress', CLONE])
  await said(FROM, ['rbd', 'mirror', 'image', 'snapshot', CLONE])
  await is('hollow')
  expect(await truthOf(CLONE, TO)).toMatchObject({ hollow: true })

  await page.goto('/')
  await expect(page.getByText(`${CLONE}: the copy at ${TO} is hollow`)).toBeVisible({ timeout: 60_000 })
  await page.goto(`/images?image=${encodeURIComponent(id)}`)
  const panel = page.getByRole('complementary', { name: 'Image' })
  await expect(panel.getByText(/the copy at eu-north reads zeros/).first()).toBeVisible({ timeout: 60_000 })
  await page.goto(`/recover/failover?${new URLSearchParams({ from: FROM, to: TO, ids: id })}`)
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText(`Resync it from ${FROM} first`).first()).toBeVisible({ timeout: 60_000 })

  await page.goto(`/images?image=${encodeURIComponent(id)}`)
  await panel.getByRole('link', { name: `Resync at ${TO}…` }).click()
  await lookUntil(page, `The image at ${TO} can be copied again from ${FROM}.`)
  await walk(page, {
    ...{ typed: TO, wrong: FROM, lost: 'No write is lost:' },
    ...{ step: 'Delete the copies, and have them copied again', start: /^Delete 1 copy and copy again$/ },
  })
  await is('following')
  expect(await truthOf(CLONE, TO)).toMatchObject({ hollow: false })
})
