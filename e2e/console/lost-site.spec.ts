import { expect, type Page, test } from '@playwright/test'
import { lostWrites } from '@/lib/simulator/truth'
import { lookUntil, walk } from '../wizard'
import { fault, isPrimaryAt, movable, said, truthOf } from './simulated'

const FROM = 'eu-west'
const TO = 'eu-north'

test.describe.configure({ timeout: 420_000 })

const chosen = async (page: Page, count: number) => {
  await expect(page.getByRole('list', { name: 'Picked images' }).getByRole('listitem')).toHaveCount(count)
}

test('a lost site is failed over by force; when it is back its copies are kept, and new ones follow', async ({
  page,
  request,
}) => {
  const images = [
    ...(await movable(request, { mode: 'journal', count: 2, skip: 8, atMostGiB: 20 })),
    ...(await movable(request, { mode: 'snapshot', count: 1, skip: 4, atMostGiB: 20 })),
  ]
  const ids = encodeURIComponent(images.map(({ id }) => id).join(','))

  // While it answers nothing can be started: it is failed over as planned.
  await page.goto(`/recover/forced?from=${FROM}&to=${TO}&ids=${ids}`)
  await chosen(page, 3)
  await expect(page.getByText('A site that answers is failed over as planned')).toBeVisible()
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText('This cannot be started')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(`${FROM} still answers`).first()).toBeVisible()

  // Its clients write to the last, and then it is gone.
  for (const { name } of images) await fault({ kind: 'write', image: name, site: FROM, writes: 50 })
  await fault({ kind: 'lose-site', site: FROM })
  try {
    await page.goto(`/recover/forced?from=${FROM}&to=${TO}&ids=${ids}`)
    await chosen(page, 3)
    await page.getByRole('radio', { name: /Its power is off/ }).click()
    await page.getByRole('textbox', { name: 'Who says so' }).fill('Anna, at the rack')
    await lookUntil(page, `All 3 images of ${FROM} can be promoted by force at ${TO}.`)
    await expect(page.getByText(`${FROM} is silent, seen from two places`)).toBeVisible()
    await walk(page, {
      ...{ typed: FROM, wrong: TO, lost: `What ${TO} does not hold is lost.`, step: 'Promote by force, parents first' },
      start: /^Promote 3 images by force$/,
    })
    await expect(page.getByText('Done: every image is primary at the other site, and none is protected')).toBeVisible({
      timeout: 150_000,
    })
    for (const { name } of images) {
      expect(await isPrimaryAt(TO, name)).toBe(true)
      expect(await said(TO, ['rbd', 'snap', 'ls', name, '--format', 'json'])).toContain('antipode-failover-')
    }
  } finally {
    await fault({ kind: 'back', site: FROM })
  }

  // Both sites are primary now, and Ceph calls that healthy.
  for (const { name } of images) expect(await isPrimaryAt(FROM, name)).toBe(true)
  for (const { name } of images) await fault({ kind: 'write', image: name, site: TO, writes: 7 })
  const before = await Promise.all(images.map(({ name }) => truthOf(name, FROM)))
  await page.getByRole('link', { name: 'protect the images again' }).click()
  await expect(page).toHaveURL(/\/recover\/reprotect/)
  await page.goto(`/recover/reprotect?from=${TO}&to=${FROM}&ids=${ids}`)
  await chosen(page, 3)
  await lookUntil(page, `All 3 images of ${TO} can be protected again at ${FROM}.`)
  await walk(page, {
    ...{ typed: FROM, wrong: TO, lost: 'Nothing is deleted.', step: 'Keep them under another name' },
    start: /^Put 3 images aside and copy anew$/,
  })
  await expect(page.getByText('Done: a new copy of every image follows, and what lost is kept')).toBeVisible({
    timeout: 240_000,
  })
  for (const [index, { name }] of images.entries()) {
    expect(await isPrimaryAt(TO, name)).toBe(true)
    expect(await isPrimaryAt(FROM, name)).toBe(false)
    const [pool, image] = name.split('/')
    const there = JSON.parse(await said(FROM, ['rbd', 'ls', pool ?? '', '--format', 'json'])) as string[]
    const kept = there.find((one) => one.startsWith(`${image}.kept-`))
    expect(kept).toBeDefined()
    const lost = before[index]
    const held = await truthOf(`${pool}/${kept}`, FROM)
    expect(lost?.writes).toBeGreaterThan(0)
    expect(lost === undefined ? 1 : lostWrites(lost, held)).toBe(0)
  }
})
