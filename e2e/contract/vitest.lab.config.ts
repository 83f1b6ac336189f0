import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../..', import.meta.url))

export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: ['e2e/contract/lab.contract.test.ts'],
    // A demotion in journal mode takes up to 14 s to arrive, a status 30 s to be published.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
