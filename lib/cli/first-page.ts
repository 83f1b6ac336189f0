import { setTimeout as sleep } from 'node:timers/promises'

/** Asks for `/` until it comes. True when it came; false where `signal` ended the waiting. */
export async function firstPage(port: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const page = await fetch(`http://127.0.0.1:${port}/`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    }).catch(() => null)
    // The whole page, not its first byte: that is what somebody waits for.
    if (page?.ok && (await page.text().catch(() => '')) !== '') return true
    await sleep(50, undefined, { signal }).catch(() => undefined)
  }
  return false
}
