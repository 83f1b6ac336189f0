import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const root = join(import.meta.dirname, '../..')

// This file is read again in every process of the runner: what the first one chose is passed on by the environment.
process.env.ANTIPODE_TEST_PORT ??= execFileSync(process.execPath, [
  '-e',
  "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })",
])
  .toString()
  .trim()
process.env.ANTIPODE_TEST_DATA ??= mkdtempSync(join(tmpdir(), 'antipode-console-'))
const port = process.env.ANTIPODE_TEST_PORT
const data = process.env.ANTIPODE_TEST_DATA

const chromium = [
  process.env.ANTIPODE_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** The console against the simulator, in a real browser. The server is the one that `npm start` starts. */
export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: join(root, 'test-results/console'),
  // One world: what one test does, the next one sees.
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium.find((path) => existsSync(path)),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node lib/cli/bootstrap.mjs start --port ${port} --data ${data}`,
    cwd: root,
    url: `http://127.0.0.1:${port}/`,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    stdout: 'pipe',
    env: { ANTIPODE_CONFIG: '', ANTIPODE_WORLD: process.env.ANTIPODE_WORLD ?? 'demo' },
  },
})
