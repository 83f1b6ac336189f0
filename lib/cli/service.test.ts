import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createService, type Service } from './service'

let folder = ''
let service: Service | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antipode-service-'))
})
afterEach(async () => {
  await service?.stop(100)
  rmSync(folder, { recursive: true })
})

const log = () => readFileSync(join(folder, 'x.log'), 'utf8')

function running(script: string) {
  const said: string[] = []
  const deaths: number[] = []
  service = createService(
    {
      name: 'x',
      argv: [process.execPath, '-e', script],
      env: process.env,
      cwd: folder,
      logFile: join(folder, 'x.log'),
      ending: 'group',
    },
    { say: (line) => said.push(line), died: (_, count) => deaths.push(count) },
  )
  service.start()
  return { service, said, deaths }
}

test('what dies is started again after a pause that grows, with its last words', async () => {
  const { said, deaths } = running("console.error('no luck'); process.exit(3)")
  await vi.waitFor(() => expect(deaths).toEqual([1, 2]), { timeout: 15_000 })
  expect(said).toEqual([
    'x ended (exit 3); starting it again in 0.25 s\n  no luck',
    'x ended (exit 3); starting it again in 0.5 s\n  no luck\n  no luck',
  ])
})

test('what does not end when it is asked to is ended, and is not started again', async () => {
  const { service, said } = running("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')")
  await vi.waitFor(() => expect(log()).toBe('up\n'), { timeout: 15_000 })
  const asked = Date.now()
  await service.stop(200)
  expect(Date.now() - asked).toBeGreaterThanOrEqual(200)
  expect(said).toEqual([])
})

test('for new code it ends and starts at once, and that counts as no death', async () => {
  const { service, deaths } = running("setInterval(() => {}, 1000); console.log('up')")
  await vi.waitFor(() => expect(log()).toBe('up\n'), { timeout: 15_000 })
  service.restart()
  await vi.waitFor(() => expect(log()).toBe('up\nup\n'), { timeout: 15_000 })
  expect(deaths).toEqual([])
})
