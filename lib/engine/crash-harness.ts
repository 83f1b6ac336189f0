import type { Plan } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import type { Clock } from '@/lib/ports/clock'
import type { CloudPort } from '@/lib/ports/cloud'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { ProbePort } from '@/lib/ports/probe'
import { planHash } from '@/lib/procedures/plan-hash'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { runJournal } from '@/lib/store/run-journal'
import { insertRun } from '@/lib/store/runs-write'
import type { EngineDeps, Point } from './deps'
import { createEngine, type Engine } from './engine'
import { limiter } from './limiter'

/** What a worker that was killed says to everything that is asked of it: nothing, ever. */
const never = new Promise<never>(() => {})

/** One worker that can be killed at any point: from then on not a line of it goes on, while what it started does. */
export class Worker {
  readonly engine: Engine
  readonly points: string[] = []
  dead = false
  private readonly died: Promise<void>
  private die: () => void = () => {}

  constructor(
    store: Store,
    world: CrashWorld,
    pid: number,
    private readonly killAt: number | null,
    private readonly gone: Set<number>,
  ) {
    this.died = new Promise((resolve) => {
      this.die = resolve
    })
    const guard = <T extends object>(target: T): T =>
      new Proxy(target, {
        get: (object, name) => {
          const value: unknown = Reflect.get(object, name)
          if (typeof value !== 'function') return value
          return (...args: unknown[]) => {
            if (this.dead) return never
            const result: unknown = Reflect.apply(value, object, args)
            return result instanceof Promise
              ? result.then(
                  (got) => (this.dead ? never : got),
                  (error) => (this.dead ? never : Promise.reject(error)),
                )
              : result
          }
        },
      })
    const deps: EngineDeps = {
      journal: guard(runJournal(store, world.clock)),
      clock: guard({ ...world.clock, now: () => world.clock.now() }),
      worker: { owner: `w${pid}`, host: 'h', process: { pid, startTicks: pid } },
      mirror: (site) => guard(world.port(site)),
      cloud: (site) => {
        const cloud = world.cloud?.(site) ?? null
        return cloud && guard({ ...cloud, controller: cloud.controller && guard(cloud.controller) })
      },
      ...(world.probe && { probe: world.probe }),
      limiter: limiter(4),
      isGone: (process) => gone.has(process.pid),
      newAttemptId: () => crypto.randomUUID(),
      leaseMs: 60_000,
      softDeadlineMs: 5_000,
      lookEveryMs: world.lookEveryMs ?? [1, 4],
      retryMs: [1, 10],
      log: (level, text) => level === 'error' && !this.dead && console.error(text),
      point: (name, detail) => this.at(name, detail),
    }
    // A dead worker's clock would spin its loops: its time stands still.
    this.engine = createEngine({
      ...deps,
      clock: {
        now: () => world.clock.now(),
        sleep: (ms, signal) =>
          this.dead ? never : world.clock.sleep(ms, signal).then(() => (this.dead ? never : undefined)),
      },
    })
    this.pid = pid
  }

  readonly pid: number

  private async at(name: Point, detail: string): Promise<void> {
    if (this.dead) return never
    this.points.push(`${name} ${name === 'claimed' ? '' : detail}`.trim())
    if (this.points.length !== this.killAt) return
    this.dead = true
    this.gone.add(this.pid)
    this.die()
    return never
  }

  /** Resolves when it is killed; never where it is not. */
  get killed(): Promise<void> {
    return this.killAt === null ? never : this.died
  }
}

export interface CrashWorld {
  readonly clock: Clock
  readonly lookEveryMs?: readonly [number, number]
  port(site: SiteName): MirrorPort
  cloud?(site: SiteName): CloudPort | null
  readonly probe?: ProbePort
}

export interface CrashRun {
  readonly points: readonly string[]
  readonly run: { readonly state: string; readonly reason: string }
  readonly attempts: readonly { readonly state: string; readonly argv: string; readonly site: string }[]
  /** Every row of every table, as text. */
  readonly onDisk: string
}

const ENDED = ['succeeded', 'incomplete', 'failed', 'cancelled']

/** Carries the plan through by workers of which each but the last is killed at its point; null kills nobody. */
export async function carryThrough(
  world: CrashWorld,
  plan: Plan,
  kills: readonly number[],
  isOver: (run: { state: string }, members: readonly { key: string; state: string; reason: string }[]) => boolean = ({
    state,
  }) => ENDED.includes(state),
): Promise<CrashRun> {
  const store = openStore(':memory:')
  await migrate(store)
  const actor = { kind: 'system', name: 'crash test' } as const
  const ledger = { at: 0, rows: [], setAside: [] }
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
  const runRow = () =>
    store.selectFrom('runs').select(['state', 'reason']).where('id', '=', 'r1').executeTakeFirstOrThrow()
  const ended = async () => {
    const members = () => store.selectFrom('run_members').select(['key', 'state', 'reason']).execute()
    while (!isOver(await runRow(), await members())) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const gone = new Set<number>()
  const points: string[] = []
  for (const [index, killAt] of [...kills, null].entries()) {
    const worker = new Worker(store, world, index + 1, killAt, gone)
    worker.engine.start()
    await Promise.race([worker.killed, ended()])
    points.push(...worker.points)
    if (!worker.dead) {
      await worker.engine.stop()
      break
    }
  }
  const attempts = await store.selectFrom('attempts').select(['state', 'argv', 'site']).execute()
  const run = await runRow()
  const onDisk = await everyRow(store)
  await store.destroy()
  return { points, run, attempts, onDisk }
}

async function everyRow(store: Store): Promise<string> {
  const tables = await store.introspection.getTables()
  const rows = await Promise.all(
    tables.map(({ name }) =>
      store
        .selectFrom(name as 'runs')
        .selectAll()
        .execute(),
    ),
  )
  return JSON.stringify(rows)
}
