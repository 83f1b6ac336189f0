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
 * `npm run test:lab`: everything that only real clusters can answer, in two lanes, since clusters are mostly waited for.
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
    const browser = quietLane(root, 'lab-browser')
    return closing(sumOf(await Promise.all([tallyOf(engine, suites), browserLane(browser, lab, chromium, port)])))
  } finally {
    if (!wasUp) await engine.run('bash', [lab, 'down'], env)
  }
}

/** What the browser is held against: clusters of its own. The first lab's images are what its suites make of them. */
const BROWSER_LABS = [
  { name: 'lab in the browser', folder: 'browser', up: ['up'], config: 'e2e/lab.playwright.config.ts' },
  ...['two-fsids', 'one-fsid'].map((kind) => ({
    name: `setting up in the browser, ${kind}`,
    folder: `bare-${kind}`,
    up: ['bare', ...(kind === 'one-fsid' ? ['--one-fsid'] : []), '--again'],
    config: 'e2e/bare-lab.playwright.config.ts',
    env: { LAB_KIND: kind },
  })),
]

/** So far from a lab whose place somebody chose: each takes a hundred ports twice, the second time a thousand on. */
const PORTS_APART = 4_000

async function browserLane(lane: Lane, lab: string, chromium: string, besides: number | null): Promise<Tally> {
  let tally = sumOf([])
  for (const { name, folder, up, config, ...more } of BROWSER_LABS) {
    const state = join(lane.root, `e2e/lab/${folder}`)
    const chosen = process.env.LAB_PORT
    // One that was left behind by a run that was killed remembers its own.
    const port = (await labPort(state, besides)) ?? (chosen === undefined ? null : Number(chosen) + PORTS_APART)
    const place = { LAB_DIR: state, ...(port !== null && { LAB_PORT: `${port}` }) }
    const env = { ANTIPODE_CHROMIUM: chromium, ...place, ...('env' in more ? more.env : {}) }
    try {
      lane.say(`\n== lab up for: ${name}`)
      const start = () => lane.run('bash', [lab, ...up], env)
      // Whatever a test that failed has left behind.
      const again = async () => {
        await lane.run('bash', [lab, 'down', '--wipe'], env)
        await start()
      }
      const part =
        (await start()) === 0 ? await tallyOf(lane, [{ name, runner: 'playwright', config, env, again }]) : failedPart()
      tally = addTally(tally, part)
    } finally {
      await lane.run('bash', [lab, 'down', '--wipe'], env)
    }
  }
  return tally
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
