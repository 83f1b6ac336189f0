import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../browser'
import { labDir, root, until } from './lab'

const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

/** Another console of the lab's clusters, that knows nothing yet, in a data folder of its own. Resolves once it answers. */
export async function startConsole(
  more: Record<string, string> = {},
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'antipode-other-'))
  const port = freePort()
  const config = join(labDir, 'antipode.yaml')
  const argv = ['lib/cli/bootstrap.mjs', 'start', '--port', port, '--data', data, '--config', config]
  const env = { ...process.env, ANTIPODE_CONFIG: '', ...more }
  const child = spawn(process.execPath, argv, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (told += piece))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  await Promise.race([
    until(() => answers(url)),
    ended.then(() => Promise.reject(new Error(`the other console ended before it answered:\n${told}`))),
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
