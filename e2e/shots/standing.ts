import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { type Fault, FaultSchema } from '@/lib/simulator/faults'
import { simulatorLink } from '@/lib/simulator/link'

const LOST = 'eu-west'

interface Console {
  readonly url: string
  /** The demo's data folder; null where a console that runs already was given, whose sites are left alone. */
  readonly data: string | null
}

/** Pages that stand alone: wall and status, as they are, cut off from the console, and with a site lost. */
export async function standing(browser: Browser, { url, data }: Console, out: string): Promise<void> {
  const shoot = async (path: string, name: string, look: Look) => {
    const context = await browser.newContext({ baseURL: url, viewport: look, locale: 'en-GB', timezoneId: 'UTC' })
    const page = await context.newPage()
    // Without stream and answers the page is what the server sent, and says so.
    if (look.cut) await page.route('**/api/**', (route) => route.abort())
    await page.goto(path)
    await look.ready(page)
    await page.screenshot({ path: join(out, `${name}.png`), fullPage: path === '/status' })
    if (look.paper) await page.pdf({ path: join(out, `${name}.pdf`), preferCSSPageSize: true })
    await context.close()
  }
  const text = (words: string | RegExp) => (page: Page) => page.getByText(words).first().waitFor({ timeout: 120_000 })
  await shoot('/wall', 'wall-dark', { ...SCREEN, ready: text(/come back at/) })
  await shoot('/wall?theme=light', 'wall-light', { ...SCREEN, ready: text(/come back at/) })
  await shoot('/wall', 'wall-stale', { ...SCREEN, cut: true, ready: text('this screen has lost the console') })
  await shoot('/status', 'status', { ...DESK, paper: true, ready: text(/A copy of/) })
  await shoot('/status', 'status-narrow', { ...PHONE, ready: text(/A copy of/) })
  await shoot('/status', 'status-stale', { ...DESK, cut: true, ready: text(/has heard nothing since/) })
  if (data === null) return
  await fault(data, { kind: 'lose-site', site: LOST })
  await shoot('/wall', 'wall-lost', { ...SCREEN, ready: text(`${LOST} does not answer`) })
  await shoot('/status', 'status-lost', { ...DESK, ready: text(/has not been heard of since/) })
  await fault(data, { kind: 'back', site: LOST })
}

interface Look {
  readonly width: number
  readonly height: number
  readonly ready: (page: Page) => Promise<unknown>
  readonly cut?: boolean
  readonly paper?: boolean
}

const SCREEN = { width: 1920, height: 1080 }
const DESK = { width: 1280, height: 900 }
const PHONE = { width: 420, height: 900 }

async function fault(data: string, one: Fault): Promise<void> {
  const link = simulatorLink(join(data, 'simulator.sock'))
  try {
    await link.ask({ kind: 'fault', fault: FaultSchema.parse(one) })
  } finally {
    link.close()
  }
}
