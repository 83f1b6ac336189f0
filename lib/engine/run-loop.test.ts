import { beforeEach, expect, test } from 'vitest'
import type { Plan, PlanOptions } from '@/lib/domain/plan'
import type { Watcher } from '@/lib/domain/watcher'
import type { Clock } from '@/lib/ports/clock'
import { type Chosen, families } from '@/lib/procedures/families'
import { planHash } from '@/lib/procedures/plan-hash'
import { compilePlannedFailover } from '@/lib/procedures/planned-failover'
import { commandRun } from '@/lib/services/command-run'
import type { ServiceContext } from '@/lib/services/context'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { runJournal } from '@/lib/store/run-journal'
import { insertRun } from '@/lib/store/runs-write'
import type { RunCommand } from '@/lib/views/recover'
import { createEngine } from './engine'
import { limiter } from './limiter'
import { TinyWorld } from './tiny-world'

let world: TinyWorld
let store: Store
let stopEngine: () => Promise<void>

const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const awake = () => {
        signal?.removeEventListener('abort', awake)
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(awake, Math.min(ms, 5))
      signal?.addEventListener('abort', awake)
    }),
}

beforeEach(async () => {
  world = new TinyWorld()
  store = openStore(':memory:')
  await migrate(store)
  const engine = createEngine({
    journal: runJournal(store, clock),
    clock,
    worker: { owner: 'w1', host: 'h', process: { pid: 1, startTicks: 1 } },
    mirror: (site) => world.port(site),
    limiter: limiter(4),
    isGone: () => true,
    newAttemptId: () => crypto.randomUUID(),
    leaseMs: 60_000,
    softDeadlineMs: 1_000,
    lookEveryMs: [1, 5],
    retryMs: [1, 20],
    log: (level, text) => level === 'error' && console.error(text),
  })
  stopEngine = () => engine.stop()
  engine.start()
  return async () => {
    await stopEngine()
    await store.destroy()
  }
})

const context = (): ServiceContext => ({
  store,
  clock,
  actor: { kind: 'person', name: 'anna', address: '::1' },
  role: 'operator',
  mirror: (site) => world.port(site),
  sites: ['west', 'north'],
})

async function start(options: Partial<PlanOptions> = {}): Promise<string> {
  const chosen = [...world.images.values()].map(
    (one): Chosen => ({
      key: one.image.name,
      image: one.image,
      globalId: one.globalId,
      mode: one.mode,
      parent: one.parent,
      sizeBytes: 1,
    }),
  )
  const plan: Plan = compilePlannedFailover({
    from: 'west',
    to: 'north',
    options: { allOrNothing: false, clients: 'wait', ...options },
    images: families(chosen, new Map()).members,
    schedules: world.schedules.get('west') ?? [],
    wholePools: new Set(['volumes']),
  })
  const ledger = { at: 0, rows: [], setAside: [] }
  const actor = { kind: 'system', name: 'test' } as const
  await store.transaction().execute((tx) =>
    insertRun(tx, {
      id: 'r1',
      requestId: 'q1',
      title: 't',
      plan,
      planHash: planHash(plan),
      ledger,
      findings: [],
      actor,
      at: 1,
    }),
  )
  return 'r1'
}

const command = (kind: RunCommand['command']) =>
  commandRun({ requestId: crypto.randomUUID(), runId: 'r1', command: kind }, context())
const run = () => store.selectFrom('runs').selectAll().where('id', '=', 'r1').executeTakeFirstOrThrow()
const member = (key: string) =>
  store.selectFrom('run_members').selectAll().where('key', '=', key).executeTakeFirstOrThrow()
const stepName = async (key: string) => {
  const { step_idx } = await member(key)
  return (await store.selectFrom('run_steps').select('name').where('idx', '=', step_idx).executeTakeFirst())?.name
}

/** Until it holds, looking again as often as the event loop lets us; the runner's time-out ends what never does. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2))
}
const ended = () => until(async () => ['succeeded', 'incomplete', 'failed', 'cancelled'].includes((await run()).state))

test('images of both modes are moved, each with its schedule, and each act is done once', async () => {
  world.add('j1', 'journal')
  world.add('s1', 'snapshot')
  world.schedules.set('west', [{ pool: 'volumes', namespace: null, image: null, interval: '1m', startTime: null }])
  await start()
  await ended()
  expect(await run()).toMatchObject({ state: 'succeeded', reason: '2 images moved, each proven' })
  expect([...world.images.values()].map(({ primaryAt }) => [...primaryAt])).toEqual([['north'], ['north']])
  expect(world.commands.filter((text) => / (de|pro)mote /.test(text)).sort()).toEqual([
    'north: rbd mirror image promote volumes/j1',
    'north: rbd mirror image promote volumes/s1',
    'west: rbd mirror image demote volumes/j1',
    'west: rbd mirror image demote volumes/s1',
  ])
  expect(world.schedules.get('north')).toMatchObject([{ pool: 'volumes', interval: '1m' }])
  expect(world.schedules.get('west')).toEqual([])
})

test('a copy that never got the demotion is not promoted, though Ceph would take it without a word', async () => {
  const one = world.add('s1', 'snapshot')
  world.losesDemotions = true
  await start()
  await until(async () => (await member('s1')).state === 'waiting' && (await stepName('s1')) === 'prove')
  expect((await member('s1')).reason).toBe('the demotion has not arrived at the copy')
  expect(world.commands.some((text) => text.includes('promote'))).toBe(false)
  expect([...one.primaryAt]).toEqual([])
})

test('while the demotion has not arrived the member waits and says why, and goes on by itself when it has', async () => {
  const one = world.add('j1', 'journal')
  world.arrives = false
  await start()
  await until(async () => (await member('j1')).state === 'waiting' && (await stepName('j1')) === 'prove')
  expect((await member('j1')).reason).toBe('the demotion has not arrived at the copy')
  expect(world.commands.some((text) => text.includes('promote'))).toBe(false)
  world.copy(one, 'west')
  await ended()
  expect((await run()).state).toBe('succeeded')
})

test('a client that holds the image open is waited for, and evicted only where that was asked', async () => {
  const one = world.add('j1', 'journal')
  const nova: Watcher = { clientId: '77', address: '10.0.0.1:0/5', entity: 'client.nova', isMirrorDaemon: false }
  one.watchers = [nova]
  await start()
  await until(async () => (await member('j1')).state === 'waiting' && (await stepName('j1')) === 'stop-clients')
  expect((await member('j1')).reason).toContain('client.nova (client.77) at 10.0.0.1:0/5')
  expect(world.commands).toEqual([])
  one.watchers = []
  await ended()
})

test('evicted by blocklist where that was asked', async () => {
  const one = world.add('j1', 'journal')
  one.watchers = [{ clientId: '77', address: '10.0.0.1:0/5', entity: 'client.nova', isMirrorDaemon: false }]
  await start({ clients: 'evict' })
  await ended()
  expect(world.commands[0]).toBe('west: ceph osd blocklist add 10.0.0.1:0/5 3600')
})

test('a member that fails holds its clone family and what was demoted is promoted back; strangers go on', async () => {
  world.add('parent', 'journal')
  world.add('clone', 'journal', 'parent')
  world.add('other', 'journal')
  world.refuse.set('rbd mirror image demote volumes/clone', {
    exit: 22,
    stderr: 'librbd: demote: (22) Invalid argument',
  })
  await start()
  await until(async () => (await run()).state === 'waiting' && (await member('parent')).state === 'undone')
  expect(await member('clone')).toMatchObject({ state: 'failed' })
  expect((await member('clone')).reason).toContain('exit 22')
  expect([...(world.images.get('volumes/parent')?.primaryAt ?? [])]).toEqual(['west'])
  expect([...(world.images.get('volumes/other')?.primaryAt ?? [])]).toEqual(['north'])
  const { idx } = await member('clone')
  world.refuse.clear()
  await command({ kind: 'retry', members: [idx] })
  await ended()
  expect((await run()).state).toBe('succeeded')
  expect([...(world.images.get('volumes/clone')?.primaryAt ?? [])]).toEqual(['north'])
})

test('all or nothing: one failure takes everything back', async () => {
  world.add('a', 'journal')
  world.add('b', 'snapshot')
  world.refuse.set('rbd mirror image demote volumes/a', { exit: 22, stderr: 'no' })
  await start({ allOrNothing: true })
  await until(
    async () =>
      (await run()).state === 'waiting' &&
      (await member('b')).state !== 'acting' &&
      (await member('a')).state === 'failed',
  )
  await until(async () => [...(world.images.get('volumes/b')?.primaryAt ?? [])].includes('west'))
  await command({ kind: 'stop', reason: 'not today' })
  await ended()
  expect((await run()).state).toBe('cancelled')
  expect(world.commands.some((text) => text.startsWith('north: rbd mirror image promote'))).toBe(false)
})

test('a stop while the proof is waited for promotes back what was demoted', async () => {
  const one = world.add('j1', 'journal')
  world.arrives = false
  await start()
  await until(async () => (await stepName('j1')) === 'prove')
  await command({ kind: 'stop', reason: 'the copy never comes' })
  await ended()
  expect(await run()).toMatchObject({ state: 'cancelled', reason: 'stopped by the operator' })
  expect([...one.primaryAt]).toEqual(['west'])
})

test('a pause starts nothing more; a resume goes on', async () => {
  world.add('j1', 'journal')
  world.arrives = false
  await start()
  await until(async () => (await stepName('j1')) === 'prove')
  await command({ kind: 'pause' })
  await until(async () => (await run()).state === 'paused')
  world.arriveAll()
  await command({ kind: 'resume' })
  await ended()
  expect((await run()).state).toBe('succeeded')
})

test('set aside while waiting: its demotion is taken back, and the run ends incomplete', async () => {
  world.add('j1', 'journal')
  world.add('s1', 'snapshot')
  const stuck = world.images.get('volumes/j1')
  if (stuck) stuck.watchers = [{ clientId: '9', address: 'x', entity: null, isMirrorDaemon: false }]
  await start()
  await until(async () => (await member('j1')).state === 'waiting')
  await command({ kind: 'set-aside', members: [(await member('j1')).idx], reason: 'belongs to another team' })
  await ended()
  expect(await run()).toMatchObject({ state: 'incomplete' })
  expect([...(stuck?.primaryAt ?? [])]).toEqual(['west'])
})

test('a site that stops answering makes everybody wait, and nothing fails', async () => {
  world.add('j1', 'journal')
  world.dead.add('north')
  await start()
  await until(async () => (await member('j1')).state === 'waiting')
  expect((await member('j1')).reason).toBe('north: no answer')
  world.dead.clear()
  await ended()
  expect((await run()).state).toBe('succeeded')
})
