import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserSuite, root, testServer } from './browser'

const labDir = process.env.LAB_DIR ?? join(root, 'e2e/lab/state')

/** The console against the two real clusters of the lab. */
export default defineConfig({
  ...browserSuite(testServer(), `--config ${join(labDir, 'antipode.yaml')}`, {}),
  testDir: join(root, 'e2e'),
  testMatch: ['lab/**/*.spec.ts', 'lab-tests/**/*.spec.ts'],
  // These want clusters of which nothing is mirrored (bare-lab.playwright.config.ts), or a cloud (cloud-lab.playwright.config.ts).
  testIgnore: ['lab-tests/set-up*.spec.ts', 'lab-tests/cinder*.spec.ts'],
  outputDir: join(root, 'test-results/lab'),
  // Clusters take their time: a status is published every 30 s, a demotion takes up to 14 s to arrive.
  timeout: 240_000,
  expect: { timeout: 60_000 },
})
