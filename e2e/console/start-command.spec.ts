import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

const root = join(import.meta.dirname, '../..')
const ENDED_MS = 2_000
let folder = ''

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antipode-start-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Started {
  readonly child: ChildProcess
  said(): string
  readonly ended: Promise<number | null>
}

function start(...args: string[]): Started {
  const child = spawn(process.execPath, ['lib/cli/bootstrap.mjs', 'start', ...args], {
    cwd: root,
    env: { ...process.env, ANTIPODE_CONFIG: '', ANTIPODE_DATA: '', PORT: '' },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  return { child, said: () => said, ended: new Promise((resolve) => child.once('close', resolve)) }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

test('a used port is one line that names it and the way out', async ({ baseURL }) => {
  const { port } = new URL(baseURL ?? '')
  const { ended, said } = start('--port', port, '--data', folder)
  expect(await ended).toBe(1)
  expect(said()).toBe(
    `Port ${port} is in use by another program. Choose another: npm start -- --port ${Number(port) + 1}\n`,
  )
})

test('every mistake of a configuration is a line with its place, and nothing is started', async () => {
  const file = join(folder, 'antipode.yaml')
  writeFileSync(
    file,
    'objectives: { rpo: soon, rto: 30m }\nsites:\n  - name: a\n    ceph: { conf: /x, usr: b, exec: [ssh] }\n',
  )
  const { ended, said } = start('--config', file, '--data', join(folder, 'data'))
  expect(await ended).toBe(2)
  expect(said().trim().split('\n')).toEqual([
    `${file}:1 objectives.rpo: a duration is a whole number and a unit: 30s, 2m, 1h, 1d`,
    `${file}:4 sites[0].ceph.usr: unknown key; did you mean user?`,
  ])
})

test('a missing configuration, an unknown option and a folder that cannot be written are one line each', async () => {
  const port = String(await freePort())
  writeFileSync(join(folder, 'file'), '')
  const tries: [string[], number, RegExp][] = [
    [['--config', 'nowhere.yaml'], 2, /^nowhere\.yaml: no such file\n$/],
    [['--prot', '1'], 2, /^Unknown option --prot; known are [^\n]*\n$/],
    [['--port', port, '--data', join(folder, 'file/data')], 1, /^The data folder [^\n]* cannot be written [^\n]*\n$/],
  ]
  for (const [args, exit, line] of tries) {
    const { ended, said } = start(...args)
    expect(await ended).toBe(exit)
    expect(said()).toMatch(line)
  }
})

test('it says where it listens and when the first page came; Ctrl-C ends all of it within two seconds', async () => {
  const port = await freePort()
  const { child, ended, said } = start('--port', String(port), '--data', folder)
  await expect
    .poll(said, { timeout: 45_000 })
    .toMatch(
      new RegExp(
        `Antipode listens on http://127\\.0\\.0\\.1:${port} \\(this machine alone\\) · first page after \\d+\\.\\d s`,
      ),
    )
  const second = start('--port', String(await freePort()), '--data', folder)
  expect(await second.ended).toBe(1)
  expect(second.said()).toContain(`in use by another Antipode (process ${child.pid}, port ${port})`)

  const stream = await fetch(`http://127.0.0.1:${port}/api/events`)
  expect(stream.ok).toBe(true)
  const pressedAt = Date.now()
  // npm and the terminal both pass it on, so it comes twice: that is one press.
  child.kill('SIGINT')
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(Date.now() - pressedAt).toBeLessThan(ENDED_MS)
  await stream.body?.cancel().catch(() => undefined)
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()

  const again = start('--port', String(port), '--data', folder)
  await expect.poll(again.said, { timeout: 45_000 }).toContain('first page after')
  again.child.kill('SIGTERM')
  expect(await again.ended).toBe(0)
})
