import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { runCommand } from './bundled-script'
import { ensureChromium } from './chromium'
import { labPort } from './lab-port'
import { addTally, closing, failedPart, runSuites, type Suite, type Tally, tallyOf } from './suites'
import { ensureBuild } from './web-build'

const LabStatus = z.object({
  sites: z.record(z.string(), z.object({ daemons: z.record(z.string(), z.number().nullable()) })),
})

/** `npm run test:lab`: everything that only real clusters can answer. The lab is ended again if this started it. */
export async function testLab(root: string): Promise<number> {
  const chromium = ensureChromium()
  if (chromium === null) return 1
  const lab = join(root, 'e2e/lab/lab')
  const port = await labPort(join(root, 'e2e/lab/state'))
  const env = { ...(port === null ? {} : { LAB_PORT: `${port}` }), ANTIPODE_CHROMIUM: chromium }
  const wasUp = isUp(lab, env)
  if ((await ensureBuild(root, console.log)).kind === 'failed') return runSuites(root, [], failedPart())
  try {
    console.log('\n== lab up')
    if ((await runCommand(root, 'bash', [lab, 'up'], env)) !== 0) return await runSuites(root, [], failedPart())
    const again = () => runCommand(root, 'bash', [lab, 'reset', '--hard'], env)
    const suites: readonly Suite[] = [
      { name: 'contract on the lab', runner: 'vitest', config: 'e2e/contract/vitest.lab.config.ts', env, again },
      { name: 'engine on the lab', runner: 'vitest', config: 'e2e/lab-tests/vitest.config.ts', env, again },
      { name: 'lab in the browser', runner: 'playwright', config: 'e2e/lab.playwright.config.ts', env, again },
    ]
    const before = await tallyOf(
      root,
      suites.filter(({ config }) => config !== null && existsSync(join(root, config))),
    )
    return await bareSuites(root, lab, { ANTIPODE_CHROMIUM: chromium }, before)
  } finally {
    if (!wasUp) await runCommand(root, 'bash', [lab, 'down'], env)
  }
}

/** So far from a lab whose place somebody chose: each takes a hundred ports twice, the second time a thousand on. */
const PORTS_APART = 4_000

/** Setting up mirroring, over clusters of which nothing is mirrored: once with an fsid each, once with one for both. */
async function bareSuites(root: string, lab: string, given: Record<string, string>, before: Tally): Promise<number> {
  let tally = before
  for (const [kind, ...options] of [['two-fsids'], ['one-fsid', '--one-fsid']] as const) {
    const folder = join(root, `e2e/lab/bare-${kind}`)
    const chosen = process.env.LAB_PORT
    const port = (await labPort(folder)) ?? (chosen === undefined ? null : Number(chosen) + PORTS_APART)
    // One that was left behind by a run that was killed remembers its own.
    const env = { ...given, LAB_DIR: folder, LAB_KIND: kind, ...(port !== null && { LAB_PORT: `${port}` }) }
    try {
      console.log(`\n== bare lab up, ${kind}`)
      const up = () => runCommand(root, 'bash', [lab, 'bare', ...options, '--again'], env)
      if ((await up()) !== 0) {
        tally = addTally(tally, failedPart())
        continue
      }
      const name = `setting up in the browser, ${kind}`
      const suite: Suite = { name, runner: 'playwright', config: 'e2e/bare-lab.playwright.config.ts', env, again: up }
      tally = addTally(tally, await tallyOf(root, [suite]))
    } finally {
      await runCommand(root, 'bash', [lab, 'down', '--wipe'], env)
    }
  }
  return closing(tally)
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
