import { expect, type Page, test } from '@playwright/test'
import { cloudArgv } from '@/lib/ports/cloud'
import { chooseBackend, moveBackend, seesImages } from './cinder-page'
import { cloudOfLab, cloudState, madeInCloud, monitorsOf } from './cloud'
import { isPrimary, lab, needLab } from './lab'

const TOLD_MS = 240_000
const HOST = 'cinder@ceph'
const FENCE = /Its network is cut/

test.beforeAll(async () => {
  test.setTimeout(600_000)
  needLab()
  await lab('reset')
})
test.afterAll(async () => {
  await lab('back', 'site-a').catch(() => '')
})

const service = async () => {
  const { services } = await cloudState()
  return services.find(({ host }) => host === HOST)
}

/** Five volumes with replication, three of them on two servers, and one without. */
async function fill(): Promise<void> {
  const own = await madeInCloud('volumes', '3', '--data', '--prefix', 'own')
  const [plain] = await madeInCloud('volumes', '1', '--type', 'plain', '--prefix', 'plain')
  await madeInCloud('servers', '1', '--prefix', 'db', '--from-volume', '--attach', own[0]?.id ?? '')
  await madeInCloud('servers', '1', '--prefix', 'app', '--data', '1')
  if (plain === undefined) throw new Error('no plain volume was made')
}

test('cinder-volume restarted while site A is dead, with a failover in its queue: past it, its records right, no split-brain', async ({
  page,
}) => {
  test.setTimeout(900_000)
  await fill()
  const before = await cloudState()
  const replicated = before.volumes.filter(({ replication_status }) => replication_status === 'enabled')
  expect(replicated).toHaveLength(5)
  await seesImages(page, 'following', replicated.length, TOLD_MS)

  await lab('lose', 'site-a', '--kill')
  await lab('cloud', 'kill', 'cinder-volume')
  // Believed to be up for some seconds more, it is told: what it is told lies in its queue.
  expect((await cloudOfLab.act(cloudArgv.failoverHost(HOST, 'secondary'))).exit).toBe(0)
  await lab('cloud', 'start', 'cinder-volume')
  await expect.poll(async () => (await service())?.state, { timeout: 90_000 }).toBe('down')
  expect((await service())?.replication_status).toBe('failing-over')

  await chooseBackend(page, { to: 'site-b', fence: FENCE })
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText('This cannot be started')).toBeVisible()
  await expect(page.getByText(/choose that this console promotes, past cinder-volume/).first()).toBeVisible()
  await goPast(page, '6 volumes and 2 servers')

  // It was said to be stopped, and lives: the controller says so, and nothing is written until it is gone.
  await expect(page.getByText(/cinder-volume runs on this controller/).first()).toBeVisible({ timeout: TOLD_MS })
  expect((await service())?.active_backend_id ?? null).toBe(null)
  await lab('cloud', 'kill', 'cinder-volume')
  await lab('mirror-stop', 'site-b')
  await expect(
    page.getByText('Done: the backend serves from the other site, and none of its volumes is protected'),
  ).toBeVisible({ timeout: TOLD_MS })

  const after = await cloudState()
  const was = new Map(before.volumes.map(({ id, status }) => [id, status]))
  for (const { id, name, status, replication_status } of after.volumes) {
    const spoiled = !replicated.some((one) => one.id === id)
    expect([name, status, replication_status]).toEqual(
      spoiled ? [name, 'error', 'not-capable'] : [name, was.get(id), 'failed-over'],
    )
  }
  expect(await service()).toMatchObject({
    ...{ state: 'up', status: 'enabled', replication_status: 'failed-over', active_backend_id: 'secondary' },
    frozen: false,
  })
  const home = monitorsOf('site-b')
  const moved = after.attachments.flatMap(({ monitors }) => monitors ?? ['none'])
  expect(moved.filter((monitor) => !home.includes(monitor))).toEqual([])
  expect(after.servers.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE'])
  for (const { id } of replicated) expect(await isPrimary('site-b', `volumes/volume-${id}`)).toBe(true)
  // It works: a volume is born at the survivor.
  const [born] = await madeInCloud('volumes', '1', '--prefix', 'born')
  expect(await isPrimary('site-b', `volumes/volume-${born?.id}`)).toBe(true)
})

async function goPast(page: Page, goes: string): Promise<void> {
  await moveBackend(page, {
    ...{ from: 'site-a', to: 'site-b', goes, fence: FENCE, past: true, agrees: 2 },
  })
}
