import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../..', import.meta.url))

export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    setupFiles: ['e2e/property-seed.ts'],
    include: [
      'e2e/lab-tests/recorded.test.ts',
      'e2e/contract/sim.contract.test.ts',
      'e2e/contract/cloud/sim-cloud.contract.test.ts',
      'e2e/crash/*.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
