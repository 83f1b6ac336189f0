import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Lane } from './lane'
import { tallyOf } from './suites'

/** A lane whose browser suite ends with 0 and says that so many tests passed. */
function laneThatPasses(expected: number) {
  const told: string[][] = []
  const lane: Lane = {
    root: mkdtempSync(join(tmpdir(), 'antipode-suites-')),
    say: () => {},
    run: async (_, args, env) => {
      told.push([...args])
      const file = env?.PLAYWRIGHT_JSON_OUTPUT_NAME ?? ''
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, JSON.stringify({ stats: { expected, unexpected: 0, flaky: 0, skipped: 0 } }))
      return 0
    },
  }
  return { lane, told }
}
const SUITE = { name: 'browser', runner: 'playwright', config: 'x.config.ts' } as const

test('a suite that finds no test has failed: its pattern is wrong', async () => {
  const { lane, told } = laneThatPasses(0)
  expect(await tallyOf(lane, [SUITE])).toMatchObject({ passed: 0, failed: 1 })
  expect(told[0]).not.toContain('--pass-with-no-tests')
})

test('one that finds some has passed', async () => {
  expect(await tallyOf(laneThatPasses(2).lane, [SUITE])).toMatchObject({ passed: 2, failed: 0 })
})
