import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserSuite, root, testServer } from '../browser'

/** The console against the simulator, in a real browser. */
export default defineConfig({
  ...browserSuite(testServer(), '', { ANTIPODE_WORLD: process.env.ANTIPODE_WORLD ?? 'demo' }),
  testDir: join(root, 'e2e/console'),
  // These have a world of their own, of two bare sites.
  testIgnore: 'set-up*.spec.ts',
  outputDir: join(root, 'test-results/console'),
  timeout: 60_000,
  expect: { timeout: 15_000 },
})
