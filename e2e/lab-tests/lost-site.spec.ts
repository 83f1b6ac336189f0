import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { approve, lookUntil, lookUntilAllCanGo, walk } from '../wizard'
import { contentOf, lab, needLab, primariesOf, rbd } from './lab'
import { startWriter } from './writer'

const EACH = Number(process.env.LOST_EACH ?? 10)
const COUNT = 2 * EACH
const TOLD_MS = 200_000
/** The console asks a site all the time: its last word is no older than a slow round when the site dies. */
const HEARD_MS = 60_000
/** Milliseconds are cut off here and rounded there. */
const CLOCKS_MS = 1_000
/** What a copy may be claimed to lag by: a journal by its commits and their sampling, a snapshot by two of its intervals. */
const CLAIMED_MS = { journal: 90_000, snapshot: 240_000 }

const Rows = z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), verdict: z.string() })) })
const Detail = z.object({
  ledger: z.object({
    outage: z.object({ lastHeardAt: z.number().nullable(), endAt: z.number().nullable() }),
    worst: z.array(z.object({ name: z.string(), heldUntilAt: z.number().nullable() })),
  }),
})

async function images(page: Page) {
  const { rows } = Rows.parse(await (await page.request.get('/api/images?limit=500')).json())
  return rows.filter(({ name }) => name.startsWith('lost-'))
}

const idsOf = async (page: Page) => encodeURIComponent((await images(page)).map(({ id }) => id).join(','))
const picked = (page: Page) => expect(page.getByText(`${COUNT} images picked`)).toBeVisible()

const Health = z.object({ summary: z.object({ image_health: z.string() }) })
/** What Ceph itself says of the images of the pool at one site. */
const healthOf = async (site: string): Promise<string> =>
  Health.parse(JSON.parse(await rbd(site, 'mirror', 'pool', 'status', 'volumes', '--format', 'json'))).summary
    .image_health

const Schedules = z.array(z.object({ image: z.string() }).loose())
/** Images that a schedule at this site names; '-' where it is the pool's own. */
async function scheduled(site: string): Promise<readonly string[]> {
  const argv = ['mirror', 'snapshot', 'schedule', 'ls', '--pool', 'volumes', '--recursive', '--format', 'json']
  return Schedules.parse(JSON.parse((await rbd(site, ...argv)) || '[]')).map(({ image }) => image)
}

/** One after the other, so that the hashing does not starve what is being watched. */
async function contents(site: string, names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of names) found.push(await contentOf(site, `volumes/${name}`))
  return found
}

test.beforeAll(async () => {
  test.setTimeout(400_000)
  needLab()
  await lab('reset')
  for (const mode of ['journal', 'snapshot'])
    await lab('make', `${EACH}`, '--mode', mode, '--prefix', `lost-${mode}`, '--size', '16M', '--data')
  await lab('wait')
})

test('site A dies under writers: failover by force, its return, protection again with what lost kept, and the way back', async ({
  page,
}) => {
  test.setTimeout(1_500_000)
  await expect
    .poll(async () => (await images(page)).filter(({ verdict }) => verdict === 'following').length, {
      timeout: TOLD_MS,
    })
    .toBe(COUNT)
  const names = (await images(page)).map(({ name }) => name)
  const ids = await idsOf(page)
  const writer = await startWriter({ site: 'site-a', images: names, intervalMs: 500, region: '8M' })

  // Time for what is sampled to be sampled while it lives, and for a schedule or two to fire.
  await expect.poll(() => writer.lines().length, { timeout: TOLD_MS }).toBeGreaterThan(COUNT * 60)
  await lab('lose', 'site-a', '--kill')
  const killedAt = Date.now()
  writer.kill()
  await expect(async () => {
    await page.goto(`/recover/forced?from=site-a&to=site-b&ids=${ids}`)
    await expect(page.getByText(/site-a: no answer for/)).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: 60_000 })
  await picked(page)
  await page.getByRole('radio', { name: /Its network is cut/ }).click()
  await lookUntil(page, `All ${COUNT} images of site-a can be promoted by force at site-b.`)
  await walk(page, {
    ...{ typed: 'site-a', wrong: 'site-b', lost: 'What site-b does not hold is lost.' },
    ...{ step: 'Promote by force, parents first', start: new RegExp(`^Promote ${COUNT} images by force$`) },
    at: async (stage) => {
      // The lab's sites share a host, and that refuses connections: it lives, so what was declared is agreed to.
      if (stage === 'approve') await page.getByRole('checkbox', { name: /fenced as declared/ }).click()
    },
  })
  // rbd-mirror may hang on the dead peer with the image's lock in its hand: the run says so, and goes on once it is stopped.
  const done = page.getByText('Done: every image is primary at the other site, and none is protected')
  const hangs = page.getByText('stop rbd-mirror at site-b').first()
  await expect(done.or(hangs).first()).toBeVisible({ timeout: TOLD_MS })
  await lab('mirror-stop', 'site-b')
  await expect(done).toBeVisible({ timeout: TOLD_MS })
  await lab('mirror-start', 'site-b')

  // Claims against what was really lost, by the log of the client that wrote.
  const runId = new URL(page.url()).pathname.split('/').at(-1)
  const { ledger } = Detail.parse(await (await page.request.get(`/api/runs/${runId}`)).json())
  const verified = await writer.verify('site-b')
  expect(verified).toHaveLength(COUNT)
  // A network that is cut ends no writes: the claim goes on, and its proven part ends with the last word of the site.
  expect(ledger.outage.endAt).toBeNull()
  const lastHeardAt = z.number().parse(ledger.outage.lastHeardAt)
  expect(killedAt - lastHeardAt).toBeLessThan(HEARD_MS)
  expect(lastHeardAt - killedAt).toBeLessThan(CLOCKS_MS)
  for (const { image, lostFromAck, ackedAt } of verified) {
    const held = ledger.worst.find(({ name }) => name === `volumes/${image}`)?.heldUntilAt
    if (typeof held !== 'number') throw new Error(`${image}: the ledger knows no point that its copy holds`)
    // What was acknowledged by the point that the copy is said to hold is there: the claim is no smaller than the loss.
    if (lostFromAck !== null) expect(lostFromAck, image).toBeGreaterThanOrEqual(held)
    // And it says something: no more than what mirroring lags by at its worst, of an image that was written to.
    expect(z.number().parse(ackedAt), image).toBeLessThan(killedAt + CLOCKS_MS)
    const bound = image.startsWith('lost-journal') ? CLAIMED_MS.journal : CLAIMED_MS.snapshot
    expect(killedAt - held, image).toBeLessThan(bound)
  }

  // It comes back as a primary, which Ceph calls in order on both sides.
  await lab('back', 'site-a').catch(() => lab('back', 'site-a'))
  for (const name of names) expect(await primariesOf(`volumes/${name}`)).toEqual(['site-a', 'site-b'])
  await expect
    .poll(async () => (await images(page)).filter(({ verdict }) => verdict === 'two-primaries').length, {
      timeout: TOLD_MS,
    })
    .toBe(COUNT)
  await page.goto('/')
  await expect(page.getByText(`${COUNT} images primary at both sites`)).toBeVisible()
  for (const site of ['site-a', 'site-b']) await expect.poll(() => healthOf(site), { timeout: TOLD_MS }).toBe('OK')

  const second = await startWriter({ site: 'site-b', images: names, intervalMs: 500, region: '8M' })
  await expect.poll(() => second.lines().length, { timeout: TOLD_MS }).toBeGreaterThan(COUNT * 4)
  await second.stop()
  const lost = await contents('site-a', names)
  await page.goto(`/recover/reprotect?from=site-b&to=site-a&ids=${ids}`)
  await picked(page)
  await lookUntil(page, `All ${COUNT} images of site-b can be protected again at site-a.`)
  await walk(page, {
    ...{ typed: 'site-a', wrong: 'site-b', lost: 'Nothing is deleted.', step: 'Keep them under another name' },
    start: new RegExp(`^Put ${COUNT} images aside and copy anew$`),
  })
  await expect(page.getByText('Done: a new copy of every image follows, and what lost is kept')).toBeVisible({
    timeout: 400_000,
  })
  const there = z.array(z.string()).parse(JSON.parse(await rbd('site-a', 'ls', 'volumes', '--format', 'json')))
  const kept = names.map((name) => there.find((one) => one.startsWith(`${name}.kept-`)) ?? `${name} is not kept`)
  expect(await contents('site-a', kept)).toEqual(lost)
  for (const name of names) expect(await primariesOf(`volumes/${name}`)).toEqual(['site-b'])

  // The way back is a planned failover, and loses nothing.
  await expect
    .poll(async () => (await images(page)).filter(({ verdict }) => verdict === 'following').length, {
      timeout: TOLD_MS,
    })
    .toBe(COUNT)
  await page.goto(`/recover/failover?from=site-b&to=site-a&ids=${ids}`)
  await lookUntilAllCanGo(page, COUNT, 'site-b', 'site-a')
  await approve(page, 'site-b', 'site-a')
  await expect(page.getByText('Done: every image is primary at the other site, by proof')).toBeVisible({
    timeout: 300_000,
  })
  for (const { image, missing, identical } of await second.verify('site-a'))
    expect({ image, missing, identical }).toEqual({ image, missing: 0, identical: true })
  for (const name of names) expect(await primariesOf(`volumes/${name}`)).toEqual(['site-a'])
  // Every snapshot image has a schedule where it is primary, and none of its own is left at the other site.
  const here = await scheduled('site-a')
  for (const name of names.filter((one) => one.startsWith('lost-snapshot')))
    expect({ name, scheduled: here.includes('-') || here.includes(name) }).toEqual({ name, scheduled: true })
  const leftBehind = await scheduled('site-b')
  expect(leftBehind.filter((image) => names.includes(image))).toEqual([])
})
