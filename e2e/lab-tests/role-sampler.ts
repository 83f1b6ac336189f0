import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { conf, PYTHON, root } from './lab'
import { SITES } from './lab-world'

const Line = z.discriminatedUnion('event', [
  z.object({ event: z.literal('roles'), image: z.string(), at: z.number(), roles: z.record(z.string(), z.string()) }),
  z.object({ event: z.literal('both'), image: z.string(), at: z.number() }),
  z.object({ event: z.literal('end'), looks: z.number(), unread: z.number(), longestGapMs: z.number() }),
])

export interface RolesSeen {
  readonly looks: number
  /** Looks in which a site did not answer or the image was not there. */
  readonly unread: number
  readonly longestGapMs: number
  /** Images that were seen primary at both sites, with the time. Must be empty. */
  readonly both: readonly { readonly image: string; readonly at: number }[]
  readonly changes: number
}

/** Looks at the roles of the images at both sites every 200 ms, by librbd, in a process that is none of the app's. */
export async function sampleRoles(log: string, images: readonly string[]): Promise<{ stop(): Promise<RolesSeen> }> {
  const sites = SITES.flatMap((site) => ['--site', `${site}=${conf(site)}`])
  const argv = [join(root, 'e2e/lab-tests/roles.py'), '--log', log, ...sites]
  const child = spawn(PYTHON, [...argv, ...images.flatMap((image) => ['--image', image])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const looking = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  await Promise.race([
    looking,
    ended.then((code) => Promise.reject(new Error(`the sampler of roles ended: exit ${code}`))),
  ])
  return {
    async stop() {
      child.kill('SIGTERM')
      await ended
      const lines = readFileSync(log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => Line.parse(JSON.parse(line)))
      const end = lines.findLast((line) => line.event === 'end')
      if (end === undefined) throw new Error('the sampler of roles ended without a word')
      const both = lines.flatMap((line) => (line.event === 'both' ? [{ image: line.image, at: line.at }] : []))
      const { looks, unread, longestGapMs } = end
      return { looks, unread, longestGapMs, both, changes: lines.filter(({ event }) => event === 'roles').length }
    },
  }
}
