import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { build, stop } from 'esbuild'
import { processOptions } from '@/lib/cli/bundles'
import { root } from './lab'

export interface WorkerProcess {
  readonly startedAt: number
  readonly ended: Promise<void>
  /** kill -9: not a line of it goes on. What it started does. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** The worker of the app, bundled as the starter bundles it. */
export async function bundledWorker(): Promise<string> {
  const outdir = join(root, 'dist/lab-tests')
  await build(processOptions(root, outdir, ['worker']))
  await stop()
  return join(outdir, 'worker.js')
}

/** Starts it on that data folder. Its log goes on in `worker.log` there. */
export function startWorker(file: string, dir: string): WorkerProcess {
  const log = openSync(join(dir, 'worker.log'), 'a')
  const env: NodeJS.ProcessEnv = { ...process.env, ANTIPODE_DATA: dir, NODE_ENV: 'production' }
  const argv = ['--enable-source-maps', file]
  const child: ChildProcess = spawn(process.execPath, argv, { env, stdio: ['ignore', log, log] })
  closeSync(log)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return { startedAt: Date.now(), ended, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}
