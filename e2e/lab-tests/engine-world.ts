import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localChannel } from '@/lib/adapters/ceph/local-channel'
import { mirrorPort } from '@/lib/adapters/ceph/mirror-port'
import { clock } from '@/lib/composition/clock'
import { isGone, ownHandle } from '@/lib/composition/process-life'
import type { PlanOptions } from '@/lib/domain/plan'
import { createEngine } from '@/lib/engine/engine'
import { limiter } from '@/lib/engine/limiter'
import { planHash } from '@/lib/procedures/plan-hash'
import { type Candidate, type Prepared, preparePlannedFailover } from '@/lib/procedures/prepare'
import { openStore } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { runJournal } from '@/lib/store/run-journal'
import { insertRun } from '@/lib/store/runs-write'
import { conf, rbd } from './lab'

/** The engine on the two real clusters, without web and poller. */
export async function engineWorld() {
  const dir = mkdtempSync(join(tmpdir(), 'antipode-engine-'))
  const store = openStore(join(dir, 'antipode.db'))
  await migrate(store)
  const channels = new Map(
    ['site-a', 'site-b'].map((name) => [
      name,
      localChannel({ name, conf: conf(name), user: 'admin', exec: [] }, { attempts: join(dir, 'attempts') }),
    ]),
  )
  const ports = new Map([...channels].map(([name, channel]) => [name, mirrorPort(name, channel)]))
  const mirror = (site: string) => {
    const port = ports.get(site)
    if (port === undefined) throw new Error(`no site ${site}`)
    return port
  }
  const engine = createEngine({
    journal: runJournal(store, clock),
    clock,
    worker: { owner: 'lab', host: 'lab', process: ownHandle() },
    mirror,
    limiter: limiter(8),
    isGone,
    newAttemptId: () => crypto.randomUUID(),
    leaseMs: 15_000,
    softDeadlineMs: 120_000,
    lookEveryMs: [200, 1_000],
    retryMs: [500, 4_000],
    log: (level, text) => level === 'error' && console.error(text),
  })
  engine.start()

  async function candidates(from: string, specs: readonly string[]): Promise<readonly Candidate[]> {
    return Promise.all(
      specs.map(async (spec) => {
        const [pool = '', name = ''] = spec.split('/')
        const { mirroring } = JSON.parse(await rbd(from, 'info', spec, '--format', 'json'))
        const globalId: string = mirroring.global_id
        return {
          key: `site-a~site-b/${pool}//${globalId}`,
          image: { pool, namespace: '', name },
          globalId,
          objectiveSec: 120,
        }
      }),
    )
  }

  async function prepare(
    from: string,
    to: string,
    specs: readonly string[],
    options: Partial<PlanOptions> = {},
  ): Promise<Prepared> {
    return preparePlannedFailover(
      {
        from,
        to,
        options: { allOrNothing: false, clients: 'wait', ...options },
        candidates: await candidates(from, specs),
        childrenOutside: new Map(),
        primariesByPool: new Map([['volumes', 99]]),
      },
      { clock, mirror, held: async () => ({ heldUntilAt: null, grade: 'unknown', text: '' }) },
    )
  }

  async function start({ plan, ledger, findings }: Prepared): Promise<string> {
    if (plan === null) throw new Error('there is no plan')
    const id = `r-${crypto.randomUUID()}`
    const actor = { kind: 'system', name: 'lab test' } as const
    await store
      .transaction()
      .execute((tx) =>
        insertRun(tx, {
          id,
          requestId: id,
          title: id,
          plan,
          planHash: planHash(plan),
          ledger,
          findings,
          actor,
          at: Date.now(),
        }),
      )
    return id
  }

  return {
    store,
    mirror,
    prepare,
    start,
    run: (id: string) => store.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    members: (id: string) =>
      store.selectFrom('run_members').selectAll().where('run_id', '=', id).orderBy('idx').execute(),
    attempts: (id: string) =>
      store.selectFrom('attempts').selectAll().where('run_id', '=', id).orderBy('intent_at').execute(),
    steps: (id: string) => store.selectFrom('run_steps').selectAll().where('run_id', '=', id).orderBy('idx').execute(),
    async close() {
      await engine.stop()
      await Promise.all([...channels.values()].map((channel) => channel.close()))
      await store.destroy()
    },
  }
}
