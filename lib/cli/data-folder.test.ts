import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownHandle } from '@/lib/composition/process-life'
import { claimDataFolder } from './data-folder'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antipode-data-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const lock = () => join(folder, 'starter.lock')
const heldBy = (holder: object) => writeFileSync(lock(), JSON.stringify({ port: 3000, ...holder }))

test('one starter a folder: the second is told who has it', () => {
  const first = claimDataFolder(folder, 3000)
  expect(first.kind).toBe('held')
  expect(claimDataFolder(folder, 3001)).toEqual({
    kind: 'refused',
    line: `The data folder ${folder} is in use by another Antipode (process ${process.pid}, port 3000). Stop it, or choose another folder: --data DIR.`,
  })
  if (first.kind === 'held') first.release()
  expect(existsSync(lock())).toBe(false)
})

test('the lock of a starter that is gone is taken over, even where its pid lives on in another process', () => {
  heldBy({ ...ownHandle(), startTicks: 1, host: hostname() })
  expect(claimDataFolder(folder, 3000).kind).toBe('held')
})

test('a lock from another machine holds while it shows a sign of life', () => {
  heldBy({ pid: 1, startTicks: 1, host: 'elsewhere' })
  expect(claimDataFolder(folder, 3000)).toMatchObject({ line: expect.stringContaining('process 1 on elsewhere') })
  const old = new Date(Date.now() - 60_000)
  utimesSync(lock(), old, old)
  expect(claimDataFolder(folder, 3000).kind).toBe('held')
})

test('a lock that makes no sense is no lock', () => {
  writeFileSync(lock(), '')
  expect(claimDataFolder(folder, 3000).kind).toBe('held')
})

test('a folder that cannot be made is one clear line', () => {
  writeFileSync(join(folder, 'file'), '')
  const dir = join(folder, 'file/data')
  expect(claimDataFolder(dir, 3000)).toEqual({
    kind: 'refused',
    line: `The data folder ${dir} cannot be written (ENOTDIR). Choose another: --data DIR.`,
  })
})
