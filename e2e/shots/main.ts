import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { browserSuite, testServer } from '../browser'
import { approve, lookUntilAllCanGo } from '../wizard'
import { standing } from './standing'

const out = resolve('e2e/shots/out')
const FROM = 'eu-west'
const TO = 'eu-north'

/** `npm run shots [URL]`: a picture of every screen in both themes and in a narrow window, from the demo or a running console. */
async function main(): Promise<void> {
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const given = process.argv[2]
  const server = given === undefined ? await startDemo() : { url: given, data: null, stop: async () => {} }
  const { use } = browserSuite(testServer(), '', {})
  const browser = await chromium.launch(use.launchOptions)
  try {
    for (const theme of ['dark', 'light'] as const) {
      await screens(browser, server.url, theme, { width: 1440, height: 1000 }, '')
    }
    await screens(browser, server.url, 'dark', { width: 480, height: 900 }, '-narrow')
    await standing(browser, server, out)
  } finally {
    await browser.close()
    await server.stop()
  }
  console.log(`pictures are in ${out}`)
}

async function screens(
  browser: Browser,
  url: string,
  theme: 'dark' | 'light',
  viewport: { width: number; height: number },
  suffix: string,
) {
  const context = await browser.newContext({ baseURL: url, viewport, locale: 'en-GB', timezoneId: 'UTC' })
  await context.addCookies([{ name: 'antipode-theme', value: theme, url }])
  const page = await context.newPage()
  const shot = (name: string) => page.screenshot({ path: join(out, `${name}-${theme}${suffix}.png`), fullPage: true })
  const open = async (path: string, name: string, ready: () => Promise<unknown>) => {
    await page.goto(path)
    await ready()
    await shot(name)
  }
  const text = (words: string | RegExp) => () => page.getByText(words).first().waitFor()
  await open('/', 'overview', async () => {
    await text(/images recover|Not known/)()
    await page.locator('.recharts-surface').first().waitFor({ timeout: 90_000 })
  })
  await open('/sites', 'sites', text('What must match'))
  await open(`/sites/${FROM}`, 'site', text('Pools'))
  await open('/images', 'images', text('split-brain'))
  await page.getByRole('row').nth(1).click()
  await page.getByText('How sure').first().waitFor()
  await shot('image')
  await open('/servers', 'servers', text('without a copy'))
  await open('/servers?by=tenant', 'tenants', text('without a copy'))
  await open('/recover', 'recover', text('Planned failover'))
  await open(`/recover/forced?from=${FROM}&to=${TO}`, 'forced', text('What keeps the lost site'))
  await open(`/recover/reprotect?from=${FROM}&to=${TO}`, 'reprotect', text('Which copies are the good ones'))
  await open('/recover/suspensions', 'suspensions', text('Planned suspensions of replication'))
  if (suffix === '') await wizard(page, shot)
  await open('/runs', 'runs', text(/Past runs|No run/))
  await context.close()
}

/** Through the wizard to a live run: each picture is of a real look and a real run. */
async function wizard(page: Page, shot: (name: string) => Promise<unknown>): Promise<void> {
  const answer = await page.request.get(
    `/api/images?from=${FROM}&to=${TO}&pool=volumes&verdict=following&sort=name&limit=40`,
  )
  const { rows } = (await answer.json()) as { rows: readonly { id: string; parent: unknown }[] }
  const ids = rows.slice(0, 6).map(({ id }) => id)
  await page.goto(`/recover/failover?from=${FROM}&to=${TO}&ids=${encodeURIComponent(ids.join(','))}`)
  await page.getByRole('button', { name: 'Look at both sides' }).waitFor()
  await shot('wizard-choose')
  // Some of the demo's images are held open: a run that waits for their client would wait for ever.
  await page.getByRole('radio', { name: /evict/i }).click()
  await lookUntilAllCanGo(page, ids.length, FROM, TO)
  await shot('wizard-found')
  await approve(page, FROM, TO, (stage) => shot(`wizard-${stage}`))
  await page.getByText('Demote at the old primary').first().waitFor()
  await shot('run-live')
  await page.getByText('Done: every image is primary at the other site, by proof').waitFor({ timeout: 180_000 })
  await shot('run-done')
}

async function startDemo() {
  const { url, port } = testServer()
  const data = mkdtempSync(join(tmpdir(), 'antipode-shots-'))
  const child = spawn(process.execPath, ['lib/cli/bootstrap.mjs', 'start', '--port', port, '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((ready, failed) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.toString().includes('listens on') && ready())
    child.once('close', () => failed(new Error('the console did not start')))
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  return {
    url,
    data,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

await main()
