import { ensureChromium } from './chromium'
import { quietLane, terminalLane } from './lane'
import { closing, failedPart, type Suite, sumOf, tallyOf } from './suites'
import { ensureBuild } from './web-build'

/**
 * `npm test`: all that runs without the lab. First what keeps the cores busy; then the browser, in two lanes with a
 * server each: it mostly waits for what takes its time.
 */
export async function testAll(root: string): Promise<number> {
  const chromium = ensureChromium()
  if (chromium === null || (await ensureBuild(root, console.log)).kind === 'failed') return closing(failedPart())
  const first = terminalLane(root)
  const busy = await tallyOf(first, [
    { name: 'unit', runner: 'vitest', config: null },
    { name: 'contract and crashes in the simulator', runner: 'vitest', config: 'e2e/contract/vitest.config.ts' },
  ])
  const suite = (name: string, config: string, env: Record<string, string>): Suite => ({
    name,
    runner: 'playwright',
    config: `e2e/console/${config}`,
    env: { ANTIPODE_CHROMIUM: chromium, ...env },
  })
  const lanes = await Promise.all([
    tallyOf(first, [suite('console in the browser', 'playwright.config.ts', { ANTIPODE_SPECS: 'short' })]),
    tallyOf(quietLane(root, 'browser'), [
      suite('long stories in the browser', 'playwright.config.ts', { ANTIPODE_SPECS: 'long' }),
      ...['bare', 'bare-one-fsid'].map((world) =>
        suite(`set-up in the browser, ${world}`, 'bare.playwright.config.ts', { ANTIPODE_WORLD: world }),
      ),
    ]),
  ])
  return closing(sumOf([busy, ...lanes]))
}
