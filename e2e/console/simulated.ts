import { join } from 'node:path'
import { type APIRequestContext, expect } from '@playwright/test'
import type { Fault } from '@/lib/simulator/faults'
import { simulatorLink } from '@/lib/simulator/link'
import { ImagesPage } from '@/lib/views/image-row'
import { testServer } from '../browser'

/** One question to the world behind the console: past the app, as somebody at the clusters would ask. */
async function ask<T>(asked: Parameters<ReturnType<typeof simulatorLink>['ask']>[0]): Promise<T> {
  const link = simulatorLink(join(testServer().data, 'simulator.sock'))
  try {
    return (await link.ask(asked)) as T
  } finally {
    link.close()
  }
}

export const fault = (one: Fault): Promise<unknown> => ask({ kind: 'fault', fault: one })

/** Does `rbd info` at that site call the image primary? */
export async function isPrimaryAt(site: string, name: string): Promise<boolean> {
  const argv = ['rbd', 'info', name, '--format', 'json']
  const said = await ask<{ readonly exit: number; readonly stdout: string }>({ kind: 'command', site, argv })
  expect(said.exit).toBe(0)
  return (JSON.parse(said.stdout) as { readonly mirroring: { readonly primary: boolean } }).mirroring.primary
}

export interface Picked {
  readonly id: string
  readonly name: string
}

/** Images that follow and have neither clones nor parents, the `skip` first left for another test. Nobody holds them open. */
export async function movable(
  request: APIRequestContext,
  { mode, count, skip }: { readonly mode: 'journal' | 'snapshot'; readonly count: number; readonly skip: number },
): Promise<readonly Picked[]> {
  const url = `/api/images?from=eu-west&to=eu-north&pool=volumes&verdict=following&mode=${mode}&sort=name&limit=500`
  let rows: ImagesPage['rows'] = []
  await expect
    .poll(
      async () => {
        rows = ImagesPage.parse(await (await request.get(url)).json()).rows
        return rows.length
      },
      { message: 'the poller has read the images', timeout: 60_000 },
    )
    .toBeGreaterThan(20)
  const chosen = rows.filter(({ parent }) => parent === null).slice(skip, skip + count)
  const picked = chosen.map(({ id, pool, name }) => ({ id, name: `${pool}/${name}` }))
  for (const { name } of picked) await fault({ kind: 'close-client', image: name, site: 'eu-west' })
  return picked
}
