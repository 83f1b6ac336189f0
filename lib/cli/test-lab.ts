import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { ensureChromium } from './chromium'
import { labPort } from './lab-port'
import { type Lane, quietLane, terminalLane } from './lane'
import { addTally, closing, failedPart, type Suite, sumOf, type Tally, tallyOf } from './suites'
import { ensureBuild } from './web-build'

const LabStatus = z.object({
  sites: z.record(z.string(), z.object({ daemons: z.record(z.string(), z.number().nullable()) })),
})

/**
 * `npm run test:lab`: everything that only real clusters can answer, in three lanes, since clusters are mostly waited for.
 * The lab is ended again if this started it.
 */
export async function testLab(root: string): Promise<number> {
  const chromium = ensureChromium()
  if (chromium === null || (await ensureBuild(root, console.log)).kind === 'failed') return closing(failedPart())
  const lab = join(root, 'e2e/lab/lab')
  const port = await labPort(join(root, 'e2e/lab/state'))
  const env: Record<string, string> = port === null ? {} : { LAB_PORT: `${port}` }
  const wasUp = isUp(lab, env)
  const engine = terminalLane(root)
  try {
    engine.say('\n== lab up')
    if ((await engine.run('bash', [lab, 'up'], env)) !== 0) return closing(failedPart())
    const again = () => engine.run('bash', [lab, 'reset', '--hard'], env)
    const suites: readonly Suite[] = [
      { name: 'contract on the lab', runner: 'vitest', config: 'e2e/contract/vitest.lab.config.ts', env, again },
      { name: 'engine on the lab', runner: 'vitest', config: 'e2e/lab-tests/vitest.config.ts', env, again },
    ]
    const cloudPort = await ownPort(root, CLOUD_LAB, [port], CLOUD_PORTS_APART)
    const parts = await Promise.all([
      tallyOf(engine, suites),
      inOwnLab(quietLane(root, 'lab-cloud'), lab, CLOUD_LAB, cloudPort, chromium),
      browserLane(quietLane(root, 'lab-browser'), lab, chromium, [port, cloudPort]),
    ])
    return closing(sumOf(parts))
  } finally {
    if (!wasUp) await engine.run('bash', [lab, 'down'], env)
  }
}

/** Clusters of their own, and the suites that are held against them. */
interface OwnLab {
  readonly folder: string
  readonly up: readonly string[]
  readonly suites: readonly Pick<Suite, 'name' | 'runner' | 'config'>[]
  readonly env?: Suite['env']
}

const CLOUD_LAB: OwnLab = {
  folder: 'cloud',
  up: ['up', '--openstack'],
  suites: [
    {
      name: 'contract of a cloud on the lab',
      runner: 'vitest',
      config: 'e2e/contract/cloud/vitest.lab.config.ts',
    },
    { name: 'engine on the lab with a cloud', runner: 'vitest', config: 'e2e/lab-tests/vitest.cloud.config.ts' },
    { name: 'cloud in the browser', runner: 'playwright', config: 'e2e/cloud-lab.playwright.config.ts' },
  ],
}

/** The first lab's images are what its suites make of them: the browser has others. */
const BROWSER_LABS: readonly OwnLab[] = [
  {
    folder: 'browser',
    up: ['up'],
    suites: [{ name: 'lab in the browser', runner: 'playwright', config: 'e2e/lab.playwright.config.ts' }],
  },
  ...['two-fsids', 'one-fsid'].map(
    (kind): OwnLab => ({
      folder: `bare-${kind}`,
      up: ['bare', ...(kind === 'one-fsid' ? ['--one-fsid'] : []), '--again'],
      suites: [
        {
          name: `setting up in the browser, ${kind}`,
          runner: 'playwright',
          config: 'e2e/bare-lab.playwright.config.ts',
        },
      ],
      env: { LAB_KIND: kind },
    }),
  ),
]

/** So far from a lab whose place somebody chose: each takes some hundred ports twice, the second time a thousand on. */
const PORTS_APART = 4_000
const CLOUD_PORTS_APART = 2_000

const stateOf = (root: string, { folder }: OwnLab): string => join(root, 'e2e/lab', folder)

/** Null: a lab that was left behind by a run that was killed remembers its own. */
async function ownPort(root: string, own: OwnLab, besides: readonly (number | null)[], apart: number) {
  const chosen = process.env.LAB_PORT
  return (await labPort(stateOf(root, own), besides)) ?? (chosen === undefined ? null : Number(chosen) + apart)
}

async function browserLane(lane: Lane, lab: string, chromium: string, besides: readonly (number | null)[]) {
  let tally = sumOf([])
  for (const own of BROWSER_LABS) {
    const port = await ownPort(lane.root, own, besides, PORTS_APART)
    tally = addTally(tally, await inOwnLab(lane, lab, own, port, chromium))
  }
  return tally
}

/** Brings the lab up, runs its suites against it, and wipes it, whatever became of it. */
async function inOwnLab(lane: Lane, lab: string, own: OwnLab, port: number | null, chromium: string): Promise<Tally> {
  const { suites, up } = own
  const place = { LAB_DIR: stateOf(lane.root, own), ...(port !== null && { LAB_PORT: `${port}` }) }
  const env = { ANTIPODE_CHROMIUM: chromium, ...place, ...own.env }
  try {
    lane.say(`\n== lab up for: ${suites.map(({ name }) => name).join(', ')}`)
    const start = () => lane.run('bash', [lab, ...up], env)
    // Whatever a test that failed has left behind.
    const again = async () => {
      await lane.run('bash', [lab, 'down', '--wipe'], env)
      await start()
    }
    return (await start()) === 0
      ? await tallyOf(
          lane,
          suites.map((suite) => ({ ...suite, env, again })),
        )
      : failedPart()
  } finally {
    await lane.run('bash', [lab, 'down', '--wipe'], env)
  }
}

/** Does anything of the lab run already? Then it is somebody's, and stays when this is done. */
function isUp(lab: string, env: Record<string, string>): boolean {
  const { status, stdout } = spawnSync('bash', [lab, 'status', '--json'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  if (status !== 0) return false
  const { sites } = LabStatus.parse(JSON.parse(stdout))
  return Object.values(sites).some(({ daemons }) => Object.values(daemons).some((pid) => pid !== null))
}
