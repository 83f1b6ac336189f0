import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../browser'
import { root, until } from './lab'

const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

/** Another console of the same clusters, with a data folder of its own, that only shows. Resolves once it answers. */
export async function startViewer(args: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'antipode-viewer-'))
  const port = freePort()
  const argv = ['lib/cli/bootstrap.mjs', 'start', '--port', port, '--data', data, ...args.split(' ')]
  const env = { ...process.env, ANTIPODE_CONFIG: '', ANTIPODE_ROLE: 'viewer' }
  const child = spawn(process.execPath, argv, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (told += piece))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  await Promise.race([
    until(() => answers(url)),
    ended.then(() => Promise.reject(new Error(`the console for viewers ended before it answered:\n${told}`))),
  ])
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(data, { recursive: true, force: true })
    },
  }
}
