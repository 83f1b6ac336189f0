import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserSuite, root, testServer } from '../browser'

/** These wait for minutes to pass, and change what their whole world shows: `npm test` gives them a server of their own. */
const LONG = ['suspension.spec.ts']

/** `long` or `short`; without it, all of them one after the other. */
const specs = process.env.ANTIPODE_SPECS ?? 'all'

/** The console against the simulator, in a real browser. */
export default defineConfig({
  ...browserSuite(testServer(), '', { ANTIPODE_WORLD: process.env.ANTIPODE_WORLD ?? 'demo' }),
  testDir: join(root, 'e2e/console'),
  testMatch: specs === 'long' ? LONG : '*.spec.ts',
  // Set-ups have a world of their own, of two bare sites.
  testIgnore: ['set-up*.spec.ts', ...(specs === 'short' ? LONG : [])],
  outputDir: join(root, `test-results/console-${specs}`),
  timeout: 60_000,
  expect: { timeout: 15_000 },
})
