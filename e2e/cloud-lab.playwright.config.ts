import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserSuite, root, testServer } from './browser'

const labDir = process.env.LAB_DIR ?? join(root, 'e2e/lab/cloud')

/** The console against two real clusters and a real OpenStack on them: `lab up --openstack`. */
export default defineConfig({
  ...browserSuite(testServer(), `--config ${join(labDir, 'antipode.yaml')}`, {}),
  testDir: join(root, 'e2e/lab-tests'),
  testMatch: 'cinder*.spec.ts',
  outputDir: join(root, 'test-results/cloud-lab'),
  timeout: 600_000,
  expect: { timeout: 60_000 },
})
