import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** On a lab that `npm run lab:up -- --openstack` brought up. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: ['e2e/contract/cloud/lab-cloud.contract.test.ts'],
    // A demotion takes up to 14 s to arrive, an attachment some seconds, and a status 30 s to be published.
    testTimeout: 240_000,
    hookTimeout: 300_000,
  },
})
