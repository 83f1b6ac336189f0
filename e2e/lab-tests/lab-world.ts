import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clock } from '@/lib/composition/clock'
import { portsOf } from '@/lib/composition/ports'
import { ConfigSchema } from '@/lib/config/config'
import { type Runtime, storeFile, writeRuntime } from '@/lib/config/runtime'
import type { PlanOptions } from '@/lib/domain/plan'
import { isEnded, type RunState } from '@/lib/domain/run-states'
import type { SingleVerb } from '@/lib/domain/single-verb'
import { planHash } from '@/lib/procedures/plan-hash'
import { preparePlannedFailover } from '@/lib/procedures/prepare'
import type { Candidate, Prepared } from '@/lib/procedures/prepare-parts'
import { prepareSingleVerb } from '@/lib/procedures/prepare-single'
import { openStore } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import { insertRun } from '@/lib/store/runs-write'
import { conf, labFile, PYTHON, rbd, until } from './lab'

export const SITES = ['site-a', 'site-b'] as const

export interface LabWorldOptions {
  /** Every command of the worker is noted here, from outside, before it runs. */
  readonly recordTo?: string
  readonly changesPerCluster?: number
  /** Budget of the journals' sampling, in percent of a core. */
  readonly samplingPercent?: number
  /** The cloud of site A, as antipode.yaml names it. */
  readonly openstack?: { readonly cloud: string; readonly clouds: string }
}

export type LabWorld = Awaited<ReturnType<typeof labWorld>>

/** A data folder with a store and a configuration for the lab, and plans made and started without the web. */
export async function labWorld(options: LabWorldOptions = {}) {
  const { recordTo, changesPerCluster = 8, samplingPercent = 10, openstack } = options
  const dir = mkdtempSync(join(tmpdir(), 'antipode-lab-'))
  const store = openStore(storeFile(dir))
  await migrate(store)
  const runtimeWith = (exec: (site: string) => string[]): Runtime => ({
    ...ConfigSchema.parse({
      name: 'Lab tests',
      limits: { changesPerCluster },
      sampling: { cpuPercent: samplingPercent },
      sites: SITES.map((name) => ({
        ...{ name, ceph: { conf: conf(name), user: 'admin', exec: exec(name) } },
        ...(name === 'site-a' && openstack !== undefined && { openstack }),
      })),
    }),
    demo: false,
    simulatorSocket: null,
  })
  const recorder = (site: string) =>
    recordTo === undefined ? [] : [PYTHON, labFile('record.py'), '--log', recordTo, '--site', site, '--']
  const runtime = runtimeWith(recorder)
  writeRuntime(dir, runtime)
  // Looks of the test itself are none of the recorder's business.
  const ports = portsOf(
    runtimeWith(() => []),
    dir,
  )

  async function candidates(from: string, specs: readonly string[]): Promise<readonly Candidate[]> {
    return Promise.all(
      specs.map(async (spec) => {
        const [pool = '', name = ''] = spec.split('/')
        const { mirroring } = JSON.parse(await rbd(from, 'info', spec, '--format', 'json'))
        const globalId: string = mirroring.global_id
        const key = `site-a~site-b/${pool}//${globalId}`
        return { key, image: { pool, namespace: '', name }, globalId, objectiveSec: 120 }
      }),
    )
  }

  async function prepare(
    from: string,
    to: string,
    specs: readonly string[],
    options: Partial<PlanOptions> = {},
    verb: SingleVerb | null = null,
  ): Promise<Prepared> {
    const pools = [...new Set(specs.map((spec) => spec.split('/')[0] ?? ''))]
    const primaries = async (pool: string) => {
      const { rows } = await ports.mirror(from).statuses(pool)
      return [pool, rows.filter(({ role, mode }) => role === 'primary' && mode === 'snapshot').length] as const
    }
    const input = {
      ...{ from, to, options: { allOrNothing: false, clients: 'wait', ...options } as const },
      candidates: await candidates(from, specs),
      childrenOutside: new Map(),
      primariesByPool: new Map(await Promise.all(pools.map(primaries))),
    }
    const held = async () => ({ heldUntilAt: null, grade: 'unknown', text: '' }) as const
    const deps = { clock, mirror: ports.mirror, held }
    return verb === null ? preparePlannedFailover(input, deps) : prepareSingleVerb(verb, input, deps)
  }

  async function start({ plan, ledger, findings }: Prepared): Promise<string> {
    if (plan === null) throw new Error('there is no plan')
    const id = `r-${crypto.randomUUID()}`
    const actor = { kind: 'system', name: 'lab test' } as const
    const run = { id, requestId: id, title: id, plan, planHash: planHash(plan), ledger, findings, actor }
    await store.transaction().execute((tx) => insertRun(tx, { ...run, at: Date.now() }))
    return id
  }

  const run = (id: string) => store.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  return {
    dir,
    store,
    runtime,
    ports,
    mirror: ports.mirror,
    prepare,
    start,
    run,
    /** Prepares until nothing is in the way (daemons say so every 30 s), all or nothing, and starts it. */
    async begin(
      from: string,
      to: string,
      specs: readonly string[],
      options: Partial<PlanOptions> = {},
      verb: SingleVerb | null = null,
    ) {
      const look = () => prepare(from, to, specs, { allOrNothing: true, ...options }, verb)
      let prepared = await look()
      await until(async () => {
        if (prepared.refusal !== null) prepared = await look()
        return prepared.refusal === null
      }, 1_000)
      return start(prepared)
    },
    hasEnded: async (id: string) => isEnded((await run(id)).state as RunState),
    members: (id: string) =>
      store.selectFrom('run_members').selectAll().where('run_id', '=', id).orderBy('idx').execute(),
    attempts: (id: string) =>
      store.selectFrom('attempts').selectAll().where('run_id', '=', id).orderBy('intent_at').execute(),
    steps: (id: string) => store.selectFrom('run_steps').selectAll().where('run_id', '=', id).orderBy('idx').execute(),
    async close() {
      await ports.close()
      await store.destroy()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
