import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserSuite, root, testServer } from './browser'

const labDir = process.env.LAB_DIR ?? join(root, 'e2e/lab/bare')

/** The console against two real clusters of which nothing is mirrored yet: `lab bare`, or `lab bare --one-fsid`. */
export default defineConfig({
  ...browserSuite(testServer(), `--config ${join(labDir, 'antipode.yaml')}`, {}),
  testDir: join(root, 'e2e/lab-tests'),
  testMatch: process.env.LAB_KIND === 'one-fsid' ? 'set-up-one-fsid.spec.ts' : 'set-up.spec.ts',
  outputDir: join(root, 'test-results/bare-lab'),
  timeout: 600_000,
  expect: { timeout: 60_000 },
})
