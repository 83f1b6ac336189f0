import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlaywrightTestConfig } from '@playwright/test'

export const root = join(import.meta.dirname, '..')

const CHROMIUM = [
  process.env.ANTIPODE_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** A server of its own for a suite, on a free port and an empty data folder. */
export interface TestServer {
  readonly url: string
  readonly port: string
  readonly data: string
}

/** A configuration is read again in every process of the runner: what the first one chose is passed on in the environment. */
export function testServer(): TestServer {
  process.env.ANTIPODE_TEST_PORT ??= freePort()
  process.env.ANTIPODE_TEST_DATA ??= mkdtempSync(join(tmpdir(), 'antipode-test-'))
  const port = process.env.ANTIPODE_TEST_PORT
  return { url: `http://127.0.0.1:${port}`, port, data: process.env.ANTIPODE_TEST_DATA }
}

/** A port of this machine that nobody listens on now. */
export const freePort = (): string => execFileSync(process.execPath, ['-e', FREE_PORT]).toString().trim()

const FREE_PORT =
  "const s = require('net').createServer().listen(0, '127.0.0.1', () => { process.stdout.write(String(s.address().port)); s.close() })"

/** What every browser suite has in common. The server is the one that `npm start` starts, with `args`. */
export function browserSuite({ url, port, data }: TestServer, args: string, env: Record<string, string>) {
  return {
    // One world: what one test does, the next one sees.
    workers: 1,
    fullyParallel: false,
    forbidOnly: true,
    reporter: 'list',
    use: {
      baseURL: url,
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      trace: 'retain-on-failure',
      launchOptions: {
        executablePath: CHROMIUM.find((path) => existsSync(path)),
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
      command: `node lib/cli/bootstrap.mjs start --port ${port} --data ${data} ${args}`,
      cwd: root,
      url,
      // A build comes first where the sources have changed.
      timeout: 300_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
      stdout: 'pipe',
      env: { ...(process.env as Record<string, string>), ANTIPODE_CONFIG: '', ...env },
    },
  } satisfies PlaywrightTestConfig
}
