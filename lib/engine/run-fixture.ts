import { beforeEach } from 'vitest'
import type { Plan, PlanOptions } from '@/lib/domain/plan'
import type { Clock } from '@/lib/ports/clock'
import { planHash } from '@/lib/procedures/plan-hash'
import { commandRun } from '@/lib/services/command-run'
import type { ServiceContext } from '@/lib/services/context'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { runJournal } from '@/lib/store/run-journal'
import { insertRun } from '@/lib/store/runs-write'
import type { RunCommand } from '@/lib/views/recover'
import type { EngineDeps } from './deps'
import { createEngine } from './engine'
import { limiter } from './limiter'
import { tinyPlan } from './tiny-plan'
import { TinyWorld } from './tiny-world'

export let world: TinyWorld
let store: Store

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

/** A fresh tiny world and an engine on it for every test of the file. `change`: what else than usual the engine is given. */
export const freshWorld = (
  change: (usual: EngineDeps) => EngineDeps = (usual) => usual,
  make: () => TinyWorld = () => new TinyWorld(),
) =>
  beforeEach(async () => {
    world = make()
    store = openStore(':memory:')
    await migrate(store)
    const usual: EngineDeps = {
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
    }
    const engine = createEngine(change(usual))
    engine.start()
    return async () => {
      await engine.stop()
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

export const start = (options: Partial<PlanOptions> = {}): Promise<string> => startPlan(tinyPlan(world, options))

export async function startPlan(plan: Plan): Promise<string> {
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

export const command = (kind: RunCommand['command']) =>
  commandRun({ requestId: crypto.randomUUID(), runId: 'r1', command: kind }, context())
export const run = () => store.selectFrom('runs').selectAll().where('id', '=', 'r1').executeTakeFirstOrThrow()
export const member = (key: string) =>
  store.selectFrom('run_members').selectAll().where('key', '=', key).executeTakeFirstOrThrow()
export const stepName = async (key: string) => {
  const { step_idx } = await member(key)
  return (await store.selectFrom('run_steps').select('name').where('idx', '=', step_idx).executeTakeFirst())?.name
}

/** Until it holds, looking again as often as the event loop lets us; the runner's time-out ends what never does. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2))
}
export const ended = () =>
  until(async () => ['succeeded', 'incomplete', 'failed', 'cancelled'].includes((await run()).state))
