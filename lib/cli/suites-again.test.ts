import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Lane } from './lane'
import { SAFETY_MARK, tallyOf } from './suites'

/** A lane whose suite fails on its first try, and with what environment it was run; `mark`: what it saw that must never be. */
async function tried(failing: number, mark?: string) {
  const root = mkdtempSync(join(tmpdir(), 'antipode-suites-'))
  await mkdir(join(root, 'node_modules/.cache'), { recursive: true })
  const envs: Record<string, string>[] = []
  const said: string[] = []
  const lane: Lane = {
    root,
    say: (line) => said.push(line),
    async run(_, args, env = {}) {
      envs.push(env)
      const failed = envs.length <= failing ? 1 : 0
      const file = args.find((arg) => arg.startsWith('--outputFile'))?.split('=')[1] ?? ''
      writeFileSync(file, JSON.stringify({ numPassedTests: 3 - failed, numFailedTests: failed, numPendingTests: 0 }))
      if (failed > 0 && mark !== undefined) appendFileSync(env[SAFETY_MARK] ?? '', mark)
      return failed
    },
  }
  const suite = { name: 'kills', runner: 'vitest', config: null, again: async () => undefined } as const
  return { tally: await tallyOf(lane, [suite]), envs, said: said.join('\n') }
}

test('a suite that fails is run once more with the seeds of the first try, and the tally says so', async () => {
  const { tally, envs } = await tried(1)
  expect(envs).toHaveLength(2)
  expect(envs[0]?.KILL_SEED).toMatch(/^\d+$/)
  expect(envs[1]).toEqual(envs[0])
  expect(tally).toMatchObject({ passed: 3, failed: 0 })
  expect(tally.again).toEqual([
    expect.stringContaining(`kills: 1 failed on the first, KILL_SEED=${envs[0]?.KILL_SEED}`),
  ])
  expect((await tried(2)).tally).toMatchObject({ failed: 1 })
})

test('two primaries, or bytes that differ, are never tried away', async () => {
  const { tally, envs, said } = await tried(1, 'volumes/a is primary at both sites')
  expect(envs).toHaveLength(1)
  expect(tally).toMatchObject({ passed: 2, failed: 1, again: [] })
  expect(said).toContain('NOT run again, for this must never be:\nvolumes/a is primary at both sites')
})
