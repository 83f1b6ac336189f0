import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { lookUntil, walk } from '../wizard'
import { backendMoved, chooseBackend, moveBackend, seesImages, volumeImages } from './cinder-page'
import { cloudState, madeInCloud, monitorsOf } from './cloud'
import { beginningOf, lab, needLab, primariesOf, rbd, snapshotsOf } from './lab'
import { startWriter } from './writer'

/** Volumes with replication: some hang on servers, one of which boots from its own. */
const COUNT = Number(process.env.LOST_VOLUMES ?? 50)
const SERVERS = 3
const WRITTEN = 6
const TOLD_MS = 240_000
/** Everything that is ever written to a volume here lies in its first bytes. */
const WRITTEN_BYTES = 64 * 1024 * 1024

const Detail = z.object({
  ledger: z.object({
    outage: z.object({ lastHeardAt: z.number().nullable(), endAt: z.number().nullable() }),
  }),
})
const Claims = z.object({
  rows: z.array(z.object({ row: z.object({ name: z.string(), heldUntilAt: z.number().nullable() }) })),
})

/** Until the console itself says so of every image of the backend. */
const sees = (page: Page, verdict: string) => seesImages(page, verdict, COUNT, TOLD_MS)

/** One after the other, so that the hashing does not starve what is being watched. */
async function contents(site: string, names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of names) found.push(await beginningOf(site, `volumes/${name}`, WRITTEN_BYTES))
  return found
}

async function fill() {
  const free = await madeInCloud('volumes', `${COUNT - SERVERS - 1}`, '--data', '--prefix', 'own')
  const id = (index: number) => free[index]?.id ?? ''
  await madeInCloud('servers', '1', '--prefix', 'db', '--from-volume', '--attach', id(0))
  await madeInCloud('servers', '1', '--prefix', 'app', '--data', '2', '--attach', id(1))
  await madeInCloud('servers', '1', '--prefix', 'web', '--data', '1', '--attach', id(2), id(3))
  return [0, 1, 2, 4, 5, 6].slice(0, WRITTEN).map((index) => `volume-${id(index)}`)
}

/** What Cinder and Nova say, and `rbd` on both clusters: every volume as it was, at one side and at no other. */
async function holds(at: string, before: Awaited<ReturnType<typeof cloudState>>): Promise<void> {
  const now = await cloudState()
  for (const { id } of now.volumes) expect(await primariesOf(`volumes/volume-${id}`), id).toEqual([at])
  const told = (of: typeof now) => of.volumes.map(({ name, status }) => `${name} ${status}`).sort()
  expect(told(now)).toEqual(told(before))
  leadTo(now, at)
}

function leadTo({ attachments, servers }: Awaited<ReturnType<typeof cloudState>>, at: string): void {
  const home = monitorsOf(at)
  expect(attachments.length).toBeGreaterThan(0)
  for (const { volume_id, monitors } of attachments)
    for (const monitor of monitors ?? ['none']) expect(home, `${volume_id} leads elsewhere`).toContain(monitor)
  expect(servers.map(({ status }) => status)).toEqual(Array(SERVERS).fill('ACTIVE'))
}

test.beforeAll(async () => {
  test.setTimeout(600_000)
  needLab()
  await lab('reset')
})

test(`site A dies with ${COUNT} volumes of Cinder: forced failover, its return, what lost kept, and the way back`, async ({
  page,
}) => {
  test.setTimeout(1_800_000)
  const written = await fill()
  const before = await cloudState()
  const names = before.volumes.map(({ id }) => `volume-${id}`)
  expect(names).toHaveLength(COUNT)
  await sees(page, 'following')
  const writer = await startWriter({ site: 'site-a', images: written, intervalMs: 500, region: '8M' })
  await expect.poll(() => writer.lines().length, { timeout: TOLD_MS }).toBeGreaterThan(written.length * 40)
  await lab('lose', 'site-a', '--kill')
  writer.kill()

  await moveBackend(page, {
    ...{ from: 'site-a', to: 'site-b', goes: `${COUNT} volumes and ${SERVERS} servers`, fence: /Its network is cut/ },
    at: async (stage) => {
      if (stage !== 'lost') return
      // Losses are told by the names that people gave: the volume's, its tenant's and its servers'.
      const ledger = page.getByRole('region', { name: 'Loss ledger' })
      await expect(ledger.getByText(/^(own|db|app|web)-1/).first()).toBeVisible()
      for (const name of ['db-1', 'app-1', 'web-1'])
        await expect(page.getByRole('row', { name: new RegExp(`^server ${name} \\d+ \\d+`) })).toBeVisible()
      await expect(page.getByRole('row', { name: new RegExp(`^tenant \\S+ ${COUNT} `) })).toBeVisible()
    },
  })
  // rbd-mirror may hang on the dead peer with an image's lock in its hand: the run says so, and goes on once it is stopped.
  const done = page.getByText('Done: the backend serves from the other site, and none of its volumes is protected')
  const hangs = page.getByText('stop rbd-mirror at site-b').first()
  await expect(done.or(hangs).first()).toBeVisible({ timeout: TOLD_MS })
  await lab('mirror-stop', 'site-b')
  await expect(done).toBeVisible({ timeout: TOLD_MS })
  await lab('mirror-start', 'site-b')

  const after = await cloudState()
  leadTo(after, 'site-b')
  expect(after.volumes.map(({ replication_status }) => replication_status)).toEqual(Array(COUNT).fill('failed-over'))
  for (const name of names) expect(await snapshotsOf('site-b', `volumes/${name}`), name).toContain('antipode-failover')
  const runId = new URL(page.url()).pathname.split('/').at(-1)
  const { ledger } = Detail.parse(await (await page.request.get(`/api/runs/${runId}`)).json())
  const { rows: claims } = Claims.parse(await (await page.request.get(`/api/runs/${runId}/ledger?limit=200`)).json())
  expect(claims).toHaveLength(COUNT)
  const verified = await writer.verify('site-b')
  expect(verified).toHaveLength(written.length)
  for (const { image, lostFromAck, ackedAt } of verified) {
    const claim = claims.find(({ row }) => row.name === `volumes/${image}`)?.row
    expect(claim?.heldUntilAt, `${image}: nothing is claimed of it`).toBeGreaterThan(0)
    // What was acknowledged by the point that the copy is said to hold is there; and nothing was written past the end.
    if (lostFromAck !== null) expect(lostFromAck, image).toBeGreaterThanOrEqual(claim?.heldUntilAt ?? 0)
    expect(ackedAt ?? 0).toBeLessThanOrEqual(ledger.outage.endAt ?? Number.POSITIVE_INFINITY)
  }

  // It comes back as a primary: a failback now would make Cinder serve the old data, so it is refused.
  await lab('back', 'site-a').catch(() => lab('back', 'site-a'))
  for (const name of names) expect(await primariesOf(`volumes/${name}`)).toEqual(['site-a', 'site-b'])
  await sees(page, 'two-primaries')
  await chooseBackend(page, { to: 'site-a' })
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText('This cannot be started')).toBeVisible()
  await expect(page.getByText(/primary at both sites/).first()).toBeVisible()

  const second = await startWriter({ site: 'site-b', images: written, intervalMs: 500, region: '8M' })
  await expect.poll(() => second.lines().length, { timeout: TOLD_MS }).toBeGreaterThan(written.length * 4)
  await second.stop()
  const lost = await contents('site-a', written)
  const ids = encodeURIComponent((await volumeImages(page)).map(({ id }) => id).join(','))
  await page.goto(`/recover/reprotect?from=site-b&to=site-a&ids=${ids}`)
  await expect(page.getByText(`${COUNT} images picked`)).toBeVisible()
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
  expect(kept.filter((one) => one.endsWith('is not kept'))).toEqual([])
  const keptOf = (name: string) => kept[names.indexOf(name)] ?? name
  expect(await contents('site-a', written.map(keptOf))).toEqual(lost)

  await sees(page, 'following')
  await moveBackend(page, { from: 'site-b', to: 'site-a', goes: `${COUNT} volumes and ${SERVERS} servers` })
  await backendMoved(page, 400_000)
  await holds('site-a', before)
  for (const { image, missing, identical } of await second.verify('site-a'))
    expect({ image, missing, identical }).toEqual({ image, missing: 0, identical: true })
  const end = await cloudState()
  expect(end.volumes.map(({ replication_status }) => replication_status)).toEqual(Array(COUNT).fill('enabled'))
})
