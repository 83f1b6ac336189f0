import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { ImagesPage } from '@/lib/views/image-row'
import { lookUntil, walk } from '../wizard'
import { fault, isPrimaryAt, movable, said } from './simulated'

const FROM = 'eu-west'
const TO = 'eu-north'
const ENDS_MS = 150_000

test.describe.configure({ timeout: 300_000 })

const at = (verb: string, ids: readonly string[], from = FROM, to = TO) =>
  `/recover/${verb}?${new URLSearchParams({ from, to, ids: ids.join(',') })}`

async function parentOf(site: string, name: string): Promise<unknown> {
  return (JSON.parse(await said(site, ['rbd', 'info', name, '--format', 'json'])) as { parent?: unknown }).parent
}

/** The first image of the list that the filter shows and `fits` takes, once there is one. */
async function first(request: APIRequestContext, filter: string, fits: (row: Row) => boolean = () => true) {
  let found: Row | undefined
  const look = async () => {
    const { rows } = ImagesPage.parse(
      await (await request.get(`/api/images?verdict=following&limit=500&${filter}`)).json(),
    )
    found = rows.find(fits)
    return found !== undefined
  }
  await expect.poll(look, { message: `the console shows an image of ${filter}`, timeout: 120_000 }).toBe(true)
  return found as Row
}
type Row = ImagesPage['rows'][number]

const done = (page: Page, said: string) => expect(page.getByText(said)).toBeVisible({ timeout: ENDS_MS })

test('from an image: a mirror snapshot now is taken without typing, and counts once it is complete at the copy', async ({
  page,
  request,
}) => {
  const [image] = await movable(request, { mode: 'snapshot', count: 1, skip: 9 })
  if (image === undefined) throw new Error('no snapshot image follows')
  await page.goto(`/images?image=${encodeURIComponent(image.id)}`)
  await page.getByText('Single verbs').click()
  await page.getByRole('link', { name: 'Mirror snapshot now…' }).click()
  await lookUntil(page, `A mirror snapshot can be taken at ${FROM}.`)
  await page.getByRole('button', { name: 'What would be lost' }).click()
  await page.getByRole('button', { name: 'What will run' }).click()
  await expect(page.getByText(`mirror image snapshot ${image.name}`).first()).toBeVisible()
  await page.getByRole('button', { name: 'Go on to approve' }).click()
  await page.getByRole('button', { name: 'Take 1 snapshot' }).click()
  await done(page, 'Done: a new mirror snapshot of every image is complete at the copy')
})

test('two images are demoted, then promoted where they were: nobody but the run changed a role', async ({
  page,
  request,
}) => {
  const images = [
    ...(await movable(request, { mode: 'journal', count: 1, skip: 11 })),
    ...(await movable(request, { mode: 'snapshot', count: 1, skip: 11 })),
  ]
  const ids = images.map(({ id }) => id)
  await page.goto(at('demote', ids))
  await lookUntil(page, `All 2 images can be demoted at ${FROM}.`)
  await walk(page, {
    ...{ typed: FROM, wrong: TO, lost: 'If the run goes through, nothing is lost:' },
    ...{ step: 'Prove that the copy holds everything', start: /^Demote 2 images$/ },
  })
  await done(page, 'Done: every image is demoted')
  for (const { name } of images) {
    expect(await isPrimaryAt(FROM, name)).toBe(false)
    expect(await isPrimaryAt(TO, name)).toBe(false)
  }
  await page.getByRole('link', { name: `at ${FROM} again` }).click()
  await page.goto(at('promote', ids, TO, FROM))
  await lookUntil(page, /can be promoted at eu-west/)
  await walk(page, {
    ...{ typed: FROM, wrong: TO, lost: 'Nothing is lost:' },
    ...{ step: 'Promote, parents first', start: /^Promote 2 images$/ },
  })
  await done(page, 'Done: every image is primary at the site that was chosen, by proof')
  for (const { name } of images) {
    expect(await isPrimaryAt(FROM, name)).toBe(true)
    expect(await isPrimaryAt(TO, name)).toBe(false)
  }
})

test('what is primary is not promoted elsewhere, whatever the address says: the refusal names the failover', async ({
  page,
  request,
}) => {
  const [image] = await movable(request, { mode: 'journal', count: 1, skip: 13 })
  if (image === undefined) throw new Error('no journal image follows')
  await page.goto(at('promote', [image.id]))
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText('This cannot be started')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/what takes its role from there is a failover/).first()).toBeVisible()
  expect(await isPrimaryAt(FROM, image.name)).toBe(true)
})

test('a clone is flattened at both sites in journal mode, and in snapshot mode never', async ({ page, request }) => {
  const marked = await first(request, `from=${FROM}&to=${TO}&mode=snapshot`, ({ parent }) => parent !== null)
  await page.goto(at('flatten', [marked.id]))
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText(/the copy would read zeros/).first()).toBeVisible({ timeout: 60_000 })

  const name = 'volumes/flattened-by-a-test'
  const parent = `${marked.parent?.pool}/${marked.parent?.name}`
  await fault({ kind: 'make-image', image: name, site: FROM, mode: 'journal', parent })
  const clone = { ...(await first(request, 'q=flattened-by-a-test')), name }
  await page.goto(at('flatten', [clone.id]))
  await lookUntil(page, `The image can be flattened at ${FROM}.`)
  await walk(page, {
    ...{ typed: FROM, wrong: TO, lost: 'No data is lost, and it cannot be taken back:' },
    ...{ step: 'Flatten at the primary', start: /^Flatten 1 clone$/ },
  })
  await done(page, 'Done: no image has a parent any more, at either site')
  expect(await parentOf(FROM, clone.name)).toBeUndefined()
  expect(await parentOf(TO, clone.name)).toBeUndefined()
})

test('where mirroring ends the image is kept and its copy is gone; the site that loses it is typed', async ({
  page,
  request,
}) => {
  const [image] = await movable(request, { mode: 'snapshot', count: 1, skip: 15, atMostGiB: 60 })
  if (image === undefined) throw new Error('no snapshot image follows')
  await page.goto(at('disable', [image.id]))
  await lookUntil(page, `The mirroring of the image from ${FROM} to ${TO} can be ended.`)
  await walk(page, {
    ...{ typed: TO, wrong: FROM, lost: `The copies at ${TO} are deleted.` },
    ...{ step: 'End the mirroring, clones first', start: /^Delete the copy, keep the image$/ },
  })
  await done(page, 'Done: the images are kept, their copies are gone, and nothing protects them')
  const kept = JSON.parse(await said(FROM, ['rbd', 'info', image.name, '--format', 'json'])) as { mirroring?: object }
  expect(kept.mirroring).toBeUndefined()
  const [pool = ''] = image.name.split('/')
  expect(await said(TO, ['rbd', 'ls', pool])).not.toContain(image.name.split('/')[1])
})
