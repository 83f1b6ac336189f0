import { expect, test } from '@playwright/test'
import { approve, lookUntilAllCanGo } from '../wizard'
import { fault, isPrimaryAt, movable, type Picked } from './simulated'

const FROM = 'eu-west'
const TO = 'eu-north'
/** What the demo's clusters take to carry a demotion over and to see the first snapshot arrive. */
const ARRIVES_MS = 150_000

test.describe.configure({ timeout: 300_000 })

const handedOver = (images: readonly Picked[]) =>
  `/recover/failover?from=${FROM}&to=${TO}&ids=${encodeURIComponent(images.map(({ id }) => id).join(','))}`

test('three images of both modes are failed over from a click, and both clusters say so', async ({ page, request }) => {
  const images = [
    ...(await movable(request, { mode: 'journal', count: 2, skip: 0 })),
    ...(await movable(request, { mode: 'snapshot', count: 1, skip: 0 })),
  ]
  await page.goto(handedOver(images))
  await lookUntilAllCanGo(page, images.length, FROM, TO)
  await approve(page, FROM, TO)

  await expect(page.getByText('Done: every image is primary at the other site, by proof')).toBeVisible({
    timeout: ARRIVES_MS,
  })
  for (const { name } of images) {
    expect(await isPrimaryAt(TO, name)).toBe(true)
    expect(await isPrimaryAt(FROM, name)).toBe(false)
  }
  await expect(page.getByText('0, by proof')).toBeVisible()
  const ledger = page.getByRole('region', { name: 'Ledger' }).first()
  await expect(ledger.getByText('done', { exact: true })).toHaveCount(images.length)
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveAttribute('aria-disabled', 'true')

  await page.getByRole('button', { name: 'Demote at the old primary' }).click()
  const commands = page.getByRole('list', { name: 'Commands that ran' }).getByRole('listitem')
  await expect(commands).toHaveCount(images.length)
  for (const { name } of images) {
    await expect(commands.filter({ hasText: `rbd mirror image demote ${name}` })).toContainText('exit 0')
  }

  const script = await request.get(`/api/runs/${page.url().split('/').at(-1)?.split('?')[0]}/script`)
  expect(script.headers()['content-type']).toContain('text/x-shellscript')
  expect(await script.text()).toContain(`# done  ${images[0]?.name}`)

  await page.getByRole('link', { name: /^Runs/ }).click()
  const row = page.getByRole('table', { name: 'Past runs' }).getByRole('row', { name: 'Fail over 3 images' }).first()
  await expect(row).toContainText('succeeded')
  await expect(row).toContainText('3 of 3 images done')
})

test('a copy that never got the last writes is not promoted; a stop promotes back what was demoted', async ({
  page,
  context,
  request,
}) => {
  const images = await movable(request, { mode: 'journal', count: 2, skip: 2 })
  const [first] = images
  if (first === undefined) throw new Error('the world has no journal image that follows')
  // A client that holds on makes the run wait before it demotes: time to stop the daemon that carries the last writes.
  await fault({ kind: 'open-client', image: first.name, site: FROM })
  await page.goto(handedOver(images))
  await lookUntilAllCanGo(page, images.length, FROM, TO)
  await expect(page.getByText('1 image is held open by clients')).toBeVisible()
  await approve(page, FROM, TO)
  await expect(page.getByText('Stop the client, the run goes on by itself').first()).toBeVisible({ timeout: 60_000 })

  await fault({ kind: 'stop-daemon', site: TO })
  try {
    for (const { name } of images) await fault({ kind: 'write', image: name, site: FROM, writes: 200 })
    await fault({ kind: 'close-client', image: first.name, site: FROM })

    await expect(page.getByRole('heading', { name: '5. Prove that the copy holds everything' })).toBeVisible({
      timeout: ARRIVES_MS,
    })
    await expect(page.getByText('2 images demoted, not promoted yet: nobody can write')).toBeVisible()
    for (const { name } of images) {
      expect(await isPrimaryAt(FROM, name)).toBe(false)
      expect(await isPrimaryAt(TO, name)).toBe(false)
    }

    const other = await context.newPage()
    await other.goto(page.url())
    await expect(other.getByRole('button', { name: 'Pause' })).toBeVisible()
    await page.getByRole('button', { name: 'Stop' }).click()
    const dialog = page.getByRole('dialog', { name: 'Stop this run?' })
    await expect(dialog).toContainText(
      `2 images are demoted and not promoted at ${TO}: promoted back at ${FROM}, without force, where that is safe.`,
    )
    await expect(dialog.getByRole('button', { name: 'Stop the run' })).toHaveAttribute('aria-disabled', 'true')
    await dialog.getByRole('textbox', { name: 'Why' }).fill('the last writes do not arrive')
    await dialog.getByRole('button', { name: 'Stop the run' }).click()

    // What one operator did, the other sees without a click.
    for (const watched of [page, other]) {
      await expect(watched.getByText('Stopped by an operator')).toBeVisible({ timeout: ARRIVES_MS })
    }
    for (const { name } of images) {
      expect(await isPrimaryAt(FROM, name)).toBe(true)
      expect(await isPrimaryAt(TO, name)).toBe(false)
    }
  } finally {
    await fault({ kind: 'start-daemon', site: TO })
  }
})

test('a choice outlives a reload, and what cannot be looked at yet says why', async ({ page, request }) => {
  const images = await movable(request, { mode: 'journal', count: 2, skip: 4 })
  await page.goto(handedOver(images))
  const picked = page.getByRole('list', { name: 'Picked images' }).getByRole('listitem')
  await expect(picked).toHaveCount(2)
  await page.getByRole('radio', { name: 'All or nothing' }).click()
  await page.getByRole('button', { name: `Remove ${images[0]?.name}` }).click()
  await expect(picked).toHaveCount(1)
  await page.reload()
  await expect(picked).toHaveCount(1)
  await expect(page.getByRole('radio', { name: 'All or nothing' })).toBeChecked()

  await page.getByRole('button', { name: 'Remove all' }).click()
  const look = page.getByRole('button', { name: 'Look at both sides' })
  await expect(look).toHaveAttribute('aria-disabled', 'true')
  await expect(look).toHaveAttribute('aria-description', /Pick images on the Images page/)
  await look.press('Enter')
  await expect(page.getByRole('heading', { name: 'Which images' })).toBeVisible()
})

test('a site that does not answer ends the look with its name', async ({ page, request }) => {
  const images = await movable(request, { mode: 'journal', count: 2, skip: 4 })
  await page.goto(handedOver(images))
  await expect(page.getByRole('list', { name: 'Picked images' }).getByRole('listitem')).toHaveCount(2)
  await fault({ kind: 'lose-site', site: TO })
  try {
    await page.getByRole('button', { name: 'Look at both sides' }).click()
    const failed = page.getByRole('status').filter({ hasText: 'A site does not answer, so nothing can be said' })
    await expect(failed).toBeVisible({ timeout: 90_000 })
    await expect(failed).toContainText(TO)
    await expect(page.getByRole('button', { name: 'What would be lost' })).toHaveCount(0)
  } finally {
    await fault({ kind: 'back', site: TO })
  }
})
