import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ProcessHandle } from '@/lib/ports/channel'
import { processesWith, processLives } from './process-table'
import { runChange } from './run-change'
import { runRead } from './run-read'

const node = (script: string) => [process.execPath, '-e', script]
const folder = () => mkdtempSync(join(tmpdir(), 'antipode-'))
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('a reading command gives what it said and how it ended', async () => {
  const said = await runRead(node('console.log("out"); console.error("err"); process.exit(16)'), 10_000, 1e6)
  expect(said).toMatchObject({ exit: 16, stdout: 'out\n', stderr: 'err\n', overdue: false })
})

test('a reading command is ended at its deadline, with its children, also where it ignores SIGTERM', async () => {
  const script = 'process.on("SIGTERM", () => {}); console.log(process.pid); setInterval(() => {}, 1000)'
  const said = await runRead(node(script), 700, 1e6)
  expect(said).toMatchObject({ exit: null, overdue: true })
  expect(said.durationMs).toBeLessThan(6_000)
  await sleep(50)
  expect(() => process.kill(Number(said.stdout.trim()), 0)).toThrow()
})

test('an answer larger than allowed is no answer', async () => {
  await expect(
    runRead(node('process.stdout.write("x".repeat(2e6)); setTimeout(() => {}, 9000)'), 9_000, 1e6),
  ).rejects.toThrow('1 MB')
})

test('a program that is not there rejects', async () => {
  await expect(runRead(['/no/such/program'], 1_000, 1e6)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a change says what was started before its outcome is known, and what it said after', async () => {
  const dir = folder()
  let handle: ProcessHandle | null = null
  const run = runChange(node('console.error("rbd: no"); process.exit(22)'), dir, {
    attemptId: 'r1.s1.a1',
    softDeadlineMs: 10_000,
    onStarted: (started) => {
      handle = started
    },
  })
  expect(handle).toMatchObject({ pid: expect.any(Number), startTicks: expect.any(Number) })
  expect(await run).toMatchObject({ exit: 22, stderr: 'rbd: no\n', overdue: false })
  expect(readdirSync(dir)).toEqual([])
})

test('a change past its soft deadline goes on, and can be found by its mark and by its handle', async () => {
  const dir = folder()
  let handle: ProcessHandle = { pid: 0, startTicks: 0 }
  const script = 'console.log("begun"); setTimeout(() => { console.log("done"); }, 2500)'
  const said = await runChange(node(script), dir, {
    attemptId: 'late-1',
    softDeadlineMs: 1_200,
    onStarted: (started) => {
      handle = started
    },
  })
  expect(said).toMatchObject({ exit: null, stdout: 'begun\n', overdue: true })
  expect(processLives(handle.pid, handle.startTicks)).toBe(true)
  expect(processLives(handle.pid, handle.startTicks + 1)).toBe(false)
  expect(processesWith('ANTIPODE_ATTEMPT=late-1')).toEqual([handle.pid])
  for (let tries = 0; tries < 100 && processLives(handle.pid, handle.startTicks); tries++) await sleep(100)
  expect(processLives(handle.pid, handle.startTicks)).toBe(false)
  expect(processesWith('ANTIPODE_ATTEMPT=late-1')).toEqual([])
})

test('an attempt id that could leave the folder is refused before anything starts', async () => {
  const options = { attemptId: '../x', softDeadlineMs: 1, onStarted: () => {} }
  expect(() => runChange(node(''), folder(), options)).toThrow('not an attempt id')
})

test('a change that cannot be started leaves nothing behind', async () => {
  const dir = folder()
  const options = { attemptId: 'x', softDeadlineMs: 1_000, onStarted: () => expect.unreachable() }
  await expect(runChange(['/no/such/program'], dir, options)).rejects.toMatchObject({ code: 'ENOENT' })
  expect(readdirSync(dir)).toEqual([])
})
