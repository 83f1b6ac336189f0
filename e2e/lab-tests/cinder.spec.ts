import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { cloudArgv } from '@/lib/ports/cloud'
import { backendMoved, chooseBackend, moveBackend } from './cinder-page'
import { cloudOfLab, madeInCloud as make, monitorsOf, openstack, cloudState as state } from './cloud'
import { beginningOf, lab, needLab, primariesOf } from './lab'
import { startWriter } from './writer'

const DONE_MS = 600_000
/** Everything that is ever written to a volume here lies in its first bytes. */
const WRITTEN_BYTES = 32 * 1024 * 1024
const Events = z.array(z.object({ Action: z.string(), 'Start Time': z.string() }).loose())

/** Five servers and twelve volumes: three clones of a Glance image, one of them booted from, two without replication. */
async function fill() {
  const plain = await make('volumes', '2', '--type', 'plain', '--prefix', 'plain')
  const own = await make('volumes', '7', '--data', '--prefix', 'own')
  const cloned = await make('volumes', '2', '--image', '--prefix', 'cloned')
  const id = (of: typeof own, index: number) => of[index]?.id ?? ''
  const server = async (name: string, order: number, ...more: string[]) => {
    const [one] = await make('servers', '1', '--prefix', name, ...more)
    await cloudOfLab.act([
      'openstack',
      'compute',
      'POST',
      `/servers/${one?.id}/metadata`,
      JSON.stringify({ metadata: { 'antipode:boot-order': `${order}` } }),
    ])
  }
  await server('db', 1, '--from-volume', '--attach', id(own, 0))
  await server('queue', 1, '--attach', id(own, 1), id(cloned, 0))
  await server('app', 2, '--attach', id(own, 2))
  await server('web', 3, '--attach', id(own, 3), id(cloned, 1))
  await server('batch', 3, '--attach', id(plain, 0), id(own, 4))
  return { written: id(own, 0) }
}

const GROUP = 'Shop'
const QUESTION = 'Are the databases clean?'

const put = (page: Page, label: string, text: string) => page.getByRole('textbox', { name: label }).fill(text)

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** At first a group of one server, which is a part of the backend. */
async function makeGroup(page: Page): Promise<void> {
  await page.goto('/groups/new')
  await put(page, 'Name', GROUP)
  await choose(page, 'Rule 1, condition 1: what', 'server')
  await put(page, 'Rule 1, condition 1: value', 'web-*')
  await page.getByRole('button', { name: 'Make the group' }).click()
  await expect(page).toHaveURL(new RegExp(`/groups/${GROUP}$`))
}

/** Then all that the tenant has, which is the whole backend, in three stages, with a person asked behind the first. */
async function widenGroup(page: Page): Promise<void> {
  await page.goto(`/groups/${GROUP}`)
  await page.getByRole('link', { name: 'Edit' }).click()
  await choose(page, 'Rule 1, condition 1: what', 'tenant')
  await put(page, 'Rule 1, condition 1: value', 'demo')
  for (const [at, servers] of [['db-*', 'queue-*'], ['app-*'], ['web-*', 'batch-*']].entries()) {
    await page.getByRole('button', { name: 'Add a stage' }).click()
    const stage = page.getByRole('group', { name: `Stage ${at + 1}` })
    for (const [place, name] of servers.entries()) {
      if (place > 0) await stage.getByRole('button', { name: 'Or other servers' }).click()
      await put(page, `Stage ${at + 1}, servers ${place + 1}: value`, name)
    }
  }
  await page.getByRole('button', { name: 'Add a gate to stage 1' }).click()
  await choose(page, 'Stage 1, gate 1: what', 'a person says so')
  await put(page, 'Stage 1, gate 1: question', QUESTION)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page).toHaveURL(new RegExp(`/groups/${GROUP}$`))
}

const move = (page: Page, from: string, to: string) =>
  moveBackend(page, { from, to, goes: '12 volumes and 5 servers', group: GROUP })

/** The databases run, nothing behind them does, and a person is asked. */
async function answerGate(page: Page): Promise<void> {
  const yes = page.getByRole('button', { name: `Yes: ${QUESTION}`, exact: true })
  await expect(yes).toBeVisible({ timeout: DONE_MS })
  const { servers } = await state()
  const running = servers.filter(({ status }) => status === 'ACTIVE').map(({ name }) => name.split('-')[0])
  expect(running.sort()).toEqual(['db', 'queue'])
  await yes.click()
}

/** When Nova was last told to start or unshelve each server, by its own record of what it was asked. */
async function startedAt(): Promise<ReadonlyMap<string, number>> {
  const { servers } = await state()
  const times = new Map<string, number>()
  for (const { id, name } of servers) {
    const events = Events.parse(JSON.parse(await openstack('server', 'event', 'list', id, '-f', 'json')))
    const starts = events.filter(({ Action }) => Action === 'start' || Action === 'unshelve')
    times.set(name.split('-')[0] ?? name, Math.max(...starts.map((event) => Date.parse(`${event['Start Time']}Z`))))
  }
  return times
}

async function contents(site: string, ids: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const id of ids) found.push(await beginningOf(site, `volumes/volume-${id}`, WRITTEN_BYTES))
  return found
}

/** What must hold wherever the backend serves: roles, statuses, connections, servers and their order. */
async function holds(at: string, other: string, statuses: ReadonlyMap<string, string>): Promise<void> {
  const now = await state()
  const replicated = now.volumes.filter(({ name }) => !name.startsWith('plain'))
  expect(replicated).toHaveLength(10)
  for (const { id } of replicated) expect(await primariesOf(`volumes/volume-${id}`)).toEqual([at])
  for (const { id, name, status } of replicated) expect([name, status]).toEqual([name, statuses.get(id)])
  const home = monitorsOf(at)
  for (const { volume_id, monitors } of now.attachments) {
    if (!replicated.some(({ id }) => id === volume_id)) continue
    expect(monitors?.length, volume_id).toBeGreaterThan(0)
    for (const monitor of monitors ?? []) expect(home, `${volume_id} leads to ${other}`).toContain(monitor)
  }
  expect(now.servers.map(({ status }) => status)).toEqual(Array(5).fill('ACTIVE'))
  const started = await startedAt()
  const time = (name: string) => started.get(name) ?? Number.NaN
  expect(Math.max(time('db'), time('queue'))).toBeLessThan(time('app'))
  expect(time('app')).toBeLessThan(Math.min(time('web'), time('batch')))
}

test.beforeAll(async () => {
  test.setTimeout(600_000)
  needLab()
  await lab('reset')
})

test('a group that is a whole backend goes to the other cluster and back: refused with a ghost or as a part, nothing lost, servers in order', async ({
  page,
}) => {
  test.setTimeout(2_000_000)
  const { written } = await fill()
  const [ghost] = await make('ghost')
  const before = await state()
  const statuses = new Map(before.volumes.map(({ id, status }) => [id, status]))
  const ids = before.volumes
    .filter(({ name }) => !name.startsWith('plain'))
    .flatMap(({ id }) => (id === ghost?.id ? [] : [id]))

  await chooseBackend(page, { to: 'site-b' })
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText('This cannot be started')).toBeVisible()
  await expect(page.getByText(/its replication status is null/).first()).toBeVisible()
  expect((await cloudOfLab.act(cloudArgv.deleteVolume(ghost?.id ?? ''))).exit).toBe(0)
  await expect.poll(async () => (await state()).volumes.some(({ id }) => id === ghost?.id)).toBe(false)

  // A part of the backend: refused before anything is done, with what else there is to do.
  await makeGroup(page)
  await chooseBackend(page, { to: 'site-b', group: GROUP })
  await page.getByRole('button', { name: 'Look at both sides' }).click()
  await expect(page.getByText(new RegExp(`are not in group ${GROUP}`)).first()).toBeVisible()
  await expect(page.getByText(/fail over the whole backend/).first()).toBeVisible()
  await expect(page.getByText('[ceph-shop]')).toBeVisible()
  for (const id of ids) expect(await primariesOf(`volumes/volume-${id}`)).toEqual(['site-a'])
  await widenGroup(page)

  // A client that nobody stopped: the run names it and waits, and nothing is demoted under it.
  const writer = await startWriter({ site: 'site-a', images: [`volume-${written}`], region: '8M' })
  await move(page, 'site-a', 'site-b')
  await expect(page.getByText(/held open by/).first()).toBeVisible({ timeout: DONE_MS })
  expect(await primariesOf(`volumes/volume-${written}`)).toEqual(['site-a'])
  await writer.stop()
  await answerGate(page)
  await backendMoved(page, DONE_MS)
  await holds('site-b', 'site-a', statuses)
  for (const { missing } of await writer.verify('site-b')) expect(missing).toBe(0)
  expect(await contents('site-b', ids)).toEqual(await contents('site-a', ids))
  const spoiled = (await state()).volumes.filter(({ name }) => name.startsWith('plain'))
  expect(spoiled.map(({ status }) => status)).toEqual(['error', 'error'])

  await move(page, 'site-b', 'site-a')
  await answerGate(page)
  await backendMoved(page, DONE_MS)
  await holds('site-a', 'site-b', statuses)
  for (const { id, status } of (await state()).volumes) expect([id, status]).toEqual([id, statuses.get(id)])
})
