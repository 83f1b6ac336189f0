import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulatorChannel } from './channel'

const root = resolve(import.meta.dirname, '../..')
// Beside node_modules, from which the bundle takes its packages.
const bundle = join(root, 'node_modules/.cache/antipode-simulator-test.mjs')
const folder = mkdtempSync(join(tmpdir(), 'antipode-sim-main-'))
const socket = join(folder, 'sim.sock')
const args = [bundle, '--socket', socket, '--state', join(folder, 'state'), '--world', 'small']
let running: ChildProcess | null = null

async function started(): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  running = child
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  return line.toString()
}

async function ended(signal: NodeJS.Signals): Promise<number | null> {
  const child = running
  if (child === null) throw new Error('nothing runs')
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
  return child.exitCode
}

beforeAll(() =>
  build({
    entryPoints: [join(root, 'lib/simulator/main.ts')],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    tsconfig: join(root, 'tsconfig.json'),
  }),
)
afterAll(() => {
  running?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
  rmSync(bundle, { force: true })
})

test('what was acknowledged outlives kill -9, and SIGTERM ends it at once', async () => {
  expect(await started()).toMatch(/^simulator: world small at .*sim\.sock after \d+ ms\n$/)
  const channel = simulatorChannel('site-a', socket)
  const acknowledged: string[] = []
  const names = ['vol-snap-1', 'vol-snap-2', 'vol-snap-3', 'vol-snap-4', 'vol-journal-1', 'vol-journal-2']
  let killed: Promise<unknown> = Promise.resolve()
  for (const [index, name] of names.entries()) {
    const argv = ['rbd', 'mirror', 'image', 'demote', `volumes/${name}`]
    const asked = channel.change(argv, { attemptId: `k${index}`, softDeadlineMs: 3_000, onStarted: () => undefined })
    // The last ones are still on their way when it dies.
    if (index === 3) killed = ended('SIGKILL')
    else if (index < 3) expect((await asked).exit).toBe(0)
    void asked.then(({ exit }) => exit === 0 && acknowledged.push(name)).catch(() => undefined)
  }
  await killed
  expect(acknowledged).toEqual(expect.arrayContaining(names.slice(0, 3)))

  await started()
  const { images } = await channel.call('mirror.statuses', { pool: 'volumes', namespace: '' })
  for (const name of acknowledged)
    expect([name, images.find((one) => one.name === name)?.primary]).toEqual([name, false])

  const told = await promisify(execFile)(process.execPath, [...args.slice(0, 3), 'fault', 'lose-site', 'site-b'])
  expect(told.stdout).toBe('done\n')
  await channel.close()
  const begun = Date.now()
  expect(await ended('SIGTERM')).toBe(0)
  expect(Date.now() - begun).toBeLessThan(1_000)
})
