import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    setupFiles: ['e2e/property-seed.ts'],
    include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'app/**/*.test.ts'],
    // Two cores and other people's load: a test that hangs must still end, one that is slow must not fail.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
