import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureChromium } from './chromium'
import { failedPart, runSuites, type Suite } from './suites'
import { ensureBuild } from './web-build'

/** `npm test`: all that runs without the lab. */
export async function testAll(root: string): Promise<number> {
  const chromium = ensureChromium()
  if (chromium === null) return 1
  if ((await ensureBuild(root, console.log)).kind === 'failed') return runSuites(root, [], failedPart())
  const suites: readonly Suite[] = [
    { name: 'unit', runner: 'vitest', config: null },
    { name: 'contract and crashes in the simulator', runner: 'vitest', config: 'e2e/contract/vitest.config.ts' },
    {
      name: 'console in the browser',
      runner: 'playwright',
      config: 'e2e/console/playwright.config.ts',
      env: { ANTIPODE_CHROMIUM: chromium },
    },
    ...['bare', 'bare-one-fsid'].map(
      (world): Suite => ({
        name: `set-up in the browser, ${world}`,
        runner: 'playwright',
        config: 'e2e/console/bare.playwright.config.ts',
        env: { ANTIPODE_CHROMIUM: chromium, ANTIPODE_WORLD: world },
      }),
    ),
  ]
  return runSuites(
    root,
    suites.filter(({ config }) => config === null || existsSync(join(root, config))),
  )
}
