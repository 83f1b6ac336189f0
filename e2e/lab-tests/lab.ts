import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Tests, soak and bench all stand in the root; a bundled script's own place is another one. */
export const root = process.cwd()

/** Where the lab keeps its state: LAB_DIR, or e2e/lab/state. */
export const labDir = resolve(process.env.LAB_DIR ?? join(root, 'e2e/lab/state'))

export const conf = (site: string): string => join(labDir, `${site}.conf`)

export const labFile = (name: string): string => join(root, 'e2e/lab', name)

/** The interpreter that has the bindings: a `python3` that comes first in PATH may be another one. */
export const PYTHON = '/usr/bin/python3'

/** One verb of e2e/lab/lab. Throws with what it said where it fails. */
export async function lab(...verb: string[]): Promise<string> {
  const { stdout } = await run('bash', [labFile('lab'), ...verb], { maxBuffer: 1 << 26 })
  return stdout
}

/** `rbd` as anybody would type it, outside of Antipode. */
export async function rbd(site: string, ...argv: string[]): Promise<string> {
  const { stdout } = await run('rbd', ['-c', conf(site), ...argv], { maxBuffer: 1 << 28 })
  return stdout
}

/** Is it primary there? By `rbd info`, not by anything of ours. */
export async function isPrimary(site: string, spec: string): Promise<boolean> {
  const { mirroring } = JSON.parse(await rbd(site, 'info', spec, '--format', 'json')) as {
    mirroring?: { primary: boolean }
  }
  if (mirroring === undefined) throw new Error(`${spec} is not mirrored at ${site}`)
  return mirroring.primary
}

/** Where the image is primary, by `rbd info` on both clusters. */
export async function primariesOf(spec: string): Promise<readonly string[]> {
  const sites = ['site-a', 'site-b']
  const primary = await Promise.all(sites.map((site) => isPrimary(site, spec)))
  return sites.filter((_, index) => primary[index])
}

/** Names of the users' snapshots of an image, by `rbd snap ls`. */
export async function snapshotsOf(site: string, spec: string): Promise<string> {
  return rbd(site, 'snap', 'ls', spec, '--format', 'json')
}

/** SHA-256 of the image's content. */
export async function contentOf(site: string, spec: string): Promise<string> {
  const shell = 'rbd -c "$1" export --no-progress "$2" - | sha256sum'
  const { stdout } = await run('bash', ['-c', shell, 'x', conf(site), spec])
  return stdout.split(' ')[0] ?? ''
}

/** SHA-256 of the first `bytes` of the image. Throws where it has not as many. */
export async function beginningOf(site: string, spec: string, bytes: number): Promise<string> {
  const shell = `rbd -c "$1" export --no-progress "$2" - | head -c ${bytes}`
  const options = { encoding: 'buffer', maxBuffer: bytes + 1 } as const
  const { stdout } = await run('bash', ['-c', shell, 'x', conf(site), spec], options)
  if (stdout.length !== bytes) throw new Error(`${spec} at ${site}: ${stdout.length} of ${bytes} bytes could be read`)
  return createHash('sha256').update(stdout).digest('hex')
}

/** Fails early, in words, where no lab is up. */
export function needLab(): void {
  if (!existsSync(conf('site-a')) || !existsSync(conf('site-b')))
    throw new Error(`No lab in ${labDir}: start one with npm run lab:up.`)
}

/** Until it holds; the test runner's own deadline ends what never does. */
export async function until(holds: () => Promise<boolean> | boolean, everyMs = 250): Promise<void> {
  while (!(await holds())) await pause(everyMs)
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
