import { spawn } from 'node:child_process'
import { constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { cp, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundleProcesses } from './bundles'
import { tryLock } from './lock-file'
import { sourceStamp } from './source-stamp'

/** One build of everything, named by the sources that it was made from; never changed once it is there. */
export interface Build {
  readonly stamp: string
  /** What web is served from, relative to the root: Next wants it so. */
  readonly webDir: string
  /** worker.js and simulator.js. */
  readonly processDir: string
}

export type BuildOutcome = { readonly kind: 'built'; readonly build: Build } | { readonly kind: 'failed' }

export const buildOf = (root: string, stamp: string): Build => ({
  stamp,
  webDir: `.next-${stamp}`,
  processDir: join(root, 'dist', stamp),
})

/**
 * Builds where the sources have changed since the last build. Next always builds in .next, which keeps its cache, and
 * deletes what was there, even when it then fails: so what is served is a copy, and a running server keeps its own.
 */
export async function ensureBuild(root: string, say: (line: string) => void): Promise<BuildOutcome> {
  const build = buildOf(root, sourceStamp(root))
  if (isWhole(root, build)) return { kind: 'built', build }
  mkdirSync(join(root, 'dist'), { recursive: true })
  const release = await buildLock(join(root, 'dist/build.lock'), say)
  try {
    if (isWhole(root, build)) return { kind: 'built', build }
    say('Building (half a minute the first time) …')
    // Types of routes that are gone would fail the build.
    rmSync(join(root, '.next/dev/types'), { recursive: true, force: true })
    if (!(await nextBuild(root))) return { kind: 'failed' }
    await bundleProcesses(root, build.processDir)
    await serveCopy(root, build.webDir)
    return { kind: 'built', build }
  } finally {
    release()
  }
}

const isWhole = (root: string, { webDir, processDir }: Build): boolean =>
  existsSync(join(root, webDir, 'BUILD_ID')) && existsSync(join(processDir, 'worker.js'))

async function buildLock(file: string, say: (line: string) => void): Promise<() => void> {
  for (let told = false; ; told = true) {
    const lock = tryLock(file)
    if (lock.kind === 'held') return lock.release
    if (!told) say(`Waiting for another build (process ${lock.holder.pid}) …`)
    await sleep(300)
  }
}

/** Quiet while it goes well; all that Next said where it fails. */
function nextBuild(root: string): Promise<boolean> {
  const { ANTIPODE_DIST_DIR: _, ...env } = process.env
  const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = () => {
    child.kill()
    process.exit(130)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const said: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  return new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve(false)
    })
    child.once('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      if (code !== 0) process.stderr.write(Buffer.concat(said))
      resolve(code === 0)
    })
  })
}

/** The folder keeps its depth: the built files find the project, and so node_modules, by counting folders upwards. */
async function serveCopy(root: string, webDir: string): Promise<void> {
  const unfinished = join(root, `${webDir}.part`)
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished)
  for (const name of readdirSync(join(root, '.next'))) {
    if (['cache', 'dev', 'types', 'trace', 'trace-build', 'diagnostics'].includes(name)) continue
    await cp(join(root, '.next', name), join(unfinished, name), {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    })
  }
  await rename(unfinished, join(root, webDir))
}
