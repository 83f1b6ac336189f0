import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserSuite, root, testServer } from '../browser'

const world = process.env.ANTIPODE_WORLD ?? 'bare'

/** The console over two simulated sites of which nothing is mirrored yet; `bare-one-fsid`: both clusters have one fsid. */
export default defineConfig({
  ...browserSuite(testServer(), '', { ANTIPODE_WORLD: world }),
  testDir: join(root, 'e2e/console'),
  testMatch: world === 'bare-one-fsid' ? 'set-up-one-fsid.spec.ts' : 'set-up.spec.ts',
  outputDir: join(root, `test-results/${world}`),
  timeout: 60_000,
  expect: { timeout: 15_000 },
})
