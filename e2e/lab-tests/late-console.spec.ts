import { expect, test } from '@playwright/test'
import { ImagesPage } from '@/lib/views/image-row'
import { lookUntil, walk } from '../wizard'
import { isPrimary, lab, needLab } from './lab'
import { startConsole } from './other-console'

const SEEDED = 6

test.beforeAll(async () => {
  test.setTimeout(400_000)
  needLab()
  await lab('reset')
  await lab('wait')
})
test.afterAll(async () => {
  test.setTimeout(400_000)
  await lab('back', 'site-a').catch(() => lab('back', 'site-a'))
  await lab('reset', '--fresh')
})

test('a console that is started after the loss fails the site over by force, and claims no more than the copies show', async ({
  browser,
}) => {
  test.setTimeout(600_000)
  const killedAt = Date.now()
  await lab('lose', 'site-a', '--kill')
  const late = await startConsole()
  const page = await (await browser.newContext({ baseURL: late.url })).newPage()
  try {
    await expect(async () => {
      await page.goto('/')
      const card = page.getByRole('region', { name: 'If site-a is lost now' })
      await expect(card).toContainText(`${SEEDED} images of another site are copies`, { timeout: 5_000 })
    }).toPass({ timeout: 180_000 })

    // Of a journal nothing is claimed; of snapshots their time. Long after the death both would be lies otherwise.
    const { rows } = ImagesPage.parse(await (await page.request.get('/api/images?limit=100')).json())
    for (const { name, mode, heldUntilAt, verdict } of rows) {
      expect({ name, verdict }).toEqual({ name, verdict: 'unknown' })
      if (mode === 'journal') expect({ name, heldUntilAt }).toEqual({ name, heldUntilAt: null })
      else expect(heldUntilAt ?? 0, name).toBeLessThan(killedAt)
    }

    await page.goto('/recover/forced?from=site-a&to=site-b')
    await page.getByRole('radio', { name: /The whole site/ }).click()
    await page.getByRole('radio', { name: /Its network is cut/ }).click()
    await lookUntil(page, `All ${SEEDED} images of site-a can be promoted by force at site-b.`)
    await expect(page.getByText('site-a is silent, seen from one place')).toBeVisible()
    await walk(page, {
      ...{ typed: 'site-a', wrong: 'site-b', lost: 'This console never heard site-a' },
      ...{ step: 'Promote by force, parents first', start: new RegExp(`^Promote ${SEEDED} images by force$`) },
      at: async (stage) => {
        if (stage === 'approve') await page.getByRole('checkbox', { name: /1 clone in snapshot mode/ }).click()
      },
    })
    const done = page.getByText('Done: every image is primary at the other site, and none is protected')
    const hangs = page.getByText('stop rbd-mirror at site-b').first()
    await expect(done.or(hangs).first()).toBeVisible({ timeout: 200_000 })
    await lab('mirror-stop', 'site-b')
    await expect(done).toBeVisible({ timeout: 200_000 })
    await lab('mirror-start', 'site-b')
    for (const { pool, name } of rows) expect(await isPrimary('site-b', `${pool}/${name}`), name).toBe(true)
  } finally {
    await page.context().close()
    await late.stop()
  }
})
