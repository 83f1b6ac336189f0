import { join } from 'node:path'
import { type APIRequestContext, expect } from '@playwright/test'
import type { Fault } from '@/lib/simulator/faults'
import { simulatorLink } from '@/lib/simulator/link'
import type { CopyTruth, Truth } from '@/lib/simulator/truth'
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

/** What a command at the site prints; it must end well. */
export async function said(site: string, argv: readonly string[]): Promise<string> {
  const { exit, stdout } = await ask<{ exit: number; stdout: string }>({ kind: 'command', site, argv: [...argv] })
  expect(exit, argv.join(' ')).toBe(0)
  return stdout
}

/** What the copy of an image at a site really holds. */
export async function truthOf(spec: string, site: string): Promise<CopyTruth> {
  const [pool = '', name = ''] = spec.split('/')
  const truth = await ask<Truth>({ kind: 'truth', pool, name })
  const copy = truth[site]
  if (copy === undefined) throw new Error(`no copy of ${spec} at ${site}`)
  return copy
}

/** Does `rbd info` at that site call the image primary? */
export async function isPrimaryAt(site: string, name: string): Promise<boolean> {
  const info = await said(site, ['rbd', 'info', name, '--format', 'json'])
  return (JSON.parse(info) as { readonly mirroring: { readonly primary: boolean } }).mirroring.primary
}

export interface Picked {
  readonly id: string
  readonly name: string
}

interface Wanted {
  readonly mode: 'journal' | 'snapshot'
  readonly count: number
  readonly skip: number
  /** Copying a big one anew takes minutes here too. */
  readonly atMostGiB?: number
}

/** Images that follow and have neither clones nor parents, the `skip` first left for another test. Nobody holds them open. */
export async function movable(
  request: APIRequestContext,
  { mode, count, skip, atMostGiB }: Wanted,
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
  const chosen = rows
    .filter(({ parent, sizeBytes }) => parent === null && (sizeBytes ?? 0) <= (atMostGiB ?? 1e6) * 2 ** 30)
    .slice(skip, skip + count)
  const picked = chosen.map(({ id, pool, name }) => ({ id, name: `${pool}/${name}` }))
  for (const { name } of picked) await fault({ kind: 'close-client', image: name, site: 'eu-west' })
  return picked
}
