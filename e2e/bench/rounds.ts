import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { clock } from '@/lib/composition/clock'
import { createPoller } from '@/lib/poller/poller'
import { conf, pause } from '../lab-tests/lab'
import { type LabWorld, SITES } from '../lab-tests/lab-world'
import { type Cost, costOf, processorMs } from './processor-time'

const run = promisify(execFile)
const GOES = 20
const POLLED_MS = 60_000

export interface RoundCosts {
  readonly images: number
  readonly pools: readonly string[]
  readonly goes: number
  readonly helper: Cost
  readonly byCommand: Cost
  readonly bareCommand: Cost
  readonly helperShareOfBare: number
}

/** One reading of all mirrored images at both sites: by the helper, by the app's command, and by `rbd` alone. */
export async function roundCosts(world: LabWorld, helpers: readonly number[]): Promise<RoundCosts> {
  const all = await world.ports.cluster('site-a').rbdPools()
  const modes = await Promise.all(all.map((pool) => world.mirror('site-a').poolMirroring(pool)))
  const pools = all.filter((_, index) => modes[index]?.mode !== 'disabled')
  const everywhere = (ask: (site: string, pool: string) => Promise<unknown>) => async () => {
    await Promise.all(
      SITES.map(async (site) => {
        for (const pool of pools) await ask(site, pool)
      }),
    )
  }
  const byHelper = everywhere((site, pool) => world.mirror(site).statuses(pool))
  // As the app runs a command that looks, time-outs and all; statuses it asks of the helper alone.
  const byCommand = everywhere((site, pool) => {
    const asked = ['rbd', 'mirror', 'pool', 'status', pool, '--verbose', '--format', 'json']
    const [program = '', ...argv] = world.mirror(site).shown(asked)
    return run(program, argv, { maxBuffer: 1 << 28 })
  })
  const bare = everywhere((site, pool) => {
    const argv = ['-c', conf(site), 'mirror', 'pool', 'status', pool, '--verbose', '--format', 'json']
    return run('rbd', argv, { maxBuffer: 1 << 28 })
  })
  await byHelper()
  const helper = await costOf(GOES, helpers, byHelper)
  const command = await costOf(GOES, helpers, byCommand)
  const bareCommand = await costOf(GOES, helpers, bare)
  const counts = await Promise.all(pools.map((pool) => world.mirror('site-a').statuses(pool)))
  return {
    images: counts.reduce((sum, { rows }) => sum + rows.length, 0),
    pools,
    goes: GOES,
    helper,
    byCommand: command,
    bareCommand,
    helperShareOfBare: Math.round((helper.processorMs / bareCommand.processorMs) * 1000) / 1000,
  }
}

export interface PollerCost {
  readonly seconds: number
  /** Of one core, helpers and commands included: rounds, samples, looks, slow rounds, store. */
  readonly percentOfACore: number
  readonly roundMs: Readonly<Record<string, number | null>>
}

/** The whole poller on both sites once it is in its stride. */
export async function pollerCost(world: LabWorld, helpers: readonly number[]): Promise<PollerCost> {
  const { runtime, ports, store } = world
  const { mirror, cluster, imageCount } = ports
  const log = { info: () => undefined, warn: () => undefined }
  const poller = createPoller({ config: runtime, mirror, cluster, imageCount, store, clock, log })
  await poller.start()
  await pause(15_000)
  const before = processorMs(helpers)
  const began = performance.now()
  await pause(POLLED_MS)
  const spent = processorMs(helpers) - before
  const wall = performance.now() - began
  await poller.stop()
  const sites = await store.selectFrom('sites').select(['name', 'round_ms']).execute()
  return {
    seconds: Math.round(wall / 1000),
    percentOfACore: Math.round((spent / wall) * 1000) / 10,
    roundMs: Object.fromEntries(sites.map(({ name, round_ms }) => [name, round_ms])),
  }
}
