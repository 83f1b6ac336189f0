import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Lane } from './lane'

export interface Suite {
  readonly name: string
  readonly runner: 'vitest' | 'playwright'
  /** From the root; null is the runner's own default. */
  readonly config: string | null
  readonly env?: Record<string, string>
  /**
   * Called where it failed; then it is run once more with the same seeds, and said so. Real clusters are late now and then.
   * What left a mark of `SAFETY_MARK` failed for good.
   */
  readonly again?: () => Promise<unknown>
}

/** Names a file for a test to write to where what must never be was seen: that is not tried again. */
export const SAFETY_MARK = 'ANTIPODE_SAFETY_MARK'

/** What tests draw by lot comes from these. */
const SEEDS = ['KILL_SEED', 'TRUTH_SEED'] as const

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Suites that failed on their first try and were run once more, in words. */
  readonly again: readonly string[]
}

const NONE: Tally = { passed: 0, failed: 0, skipped: 0, again: [] }
const FAILED: Tally = { ...NONE, failed: 1 }

/** Runs one suite after the other in this lane, whatever becomes of each. */
export async function tallyOf(lane: Lane, suites: readonly Suite[]): Promise<Tally> {
  mkdirSync(join(lane.root, 'test-results'), { recursive: true })
  let tally = NONE
  for (const suite of suites) tally = addTally(tally, await runAndAgain(lane, suite))
  return tally
}

/** One tally for what ran side by side. */
export const sumOf = (tallies: readonly Tally[]): Tally => tallies.reduce(addTally, NONE)

/** The closing line, and the exit code that it means. */
export function closing(tally: Tally): number {
  for (const line of tally.again) console.log(`\nOn the second try: ${line}`)
  console.log(`\n${closingLine(tally)}`)
  return tally.failed > 0 || tally.passed === 0 ? 1 : 0
}

/** A part that is no suite and did not work counts as one failed test: the closing line must never hide it. */
export const failedPart = (): Tally => FAILED

export const addTally = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  again: [...a.again, ...b.again],
})

const closingLine = ({ passed, failed, skipped }: Omit<Tally, 'again'>): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

async function runAndAgain(lane: Lane, suite: Suite): Promise<Tally> {
  if (suite.again === undefined) return runSuite(lane, suite)
  const mark = join(mkdtempSync(join(tmpdir(), 'antipode-safety-')), 'mark')
  const seeds = Object.fromEntries(SEEDS.map((name) => [name, process.env[name] ?? `${randomInt(1e9)}`]))
  const drawn = { ...suite, env: { ...suite.env, ...seeds, [SAFETY_MARK]: mark } }
  const first = await runSuite(lane, drawn)
  if (first.failed === 0) return first
  if (existsSync(mark)) {
    lane.say(`== ${suite.name}: NOT run again, for this must never be:\n${readFileSync(mark, 'utf8')}`)
    return first
  }
  const what = SEEDS.map((name) => `${name}=${seeds[name]}`).join(' ')
  lane.say(`== ${suite.name}: once more, with ${what}; what failed above failed on the first try`)
  await suite.again()
  const second = await runSuite(lane, drawn)
  return { ...second, again: [`${suite.name}: ${first.failed} failed on the first, ${what}`] }
}

async function runSuite(lane: Lane, { name, runner, config, env }: Suite): Promise<Tally> {
  lane.say(`\n== ${name}`)
  const startedAt = Date.now()
  // Playwright empties test-results at its start.
  const results = join(lane.root, 'node_modules/.cache', `antipode-${name.replaceAll(/\W+/g, '-')}.json`)
  rmSync(results, { force: true })
  const configured = config === null ? [] : ['--config', config]
  const exit =
    runner === 'vitest'
      ? await lane.run(
          process.execPath,
          [
            'node_modules/vitest/vitest.mjs',
            'run',
            ...configured,
            '--reporter=default',
            '--reporter=json',
            `--outputFile.json=${results}`,
          ],
          env,
        )
      : await lane.run(
          process.execPath,
          ['node_modules/@playwright/test/cli.js', 'test', ...configured, '--reporter=list,json'],
          { PLAYWRIGHT_JSON_OUTPUT_NAME: results, ...env },
        )
  const found = readTally(results)
  const tally = exit === 0 && found.passed + found.skipped > 0 ? found : withFailure(found)
  lane.say(`== ${name}: ${closingLine(tally)}, ${Math.round((Date.now() - startedAt) / 1000)} s`)
  return tally
}

const VitestResults = z
  .object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() })
  .transform(
    (json): Tally => ({
      ...NONE,
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests,
    }),
  )

const PlaywrightResults = z
  .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }) })
  .transform(
    ({ stats }): Tally => ({
      ...NONE,
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
  )

function readTally(file: string): Tally {
  if (!existsSync(file)) return FAILED
  const parsed = z.union([VitestResults, PlaywrightResults]).safeParse(JSON.parse(readFileSync(file, 'utf8')))
  return parsed.success ? parsed.data : FAILED
}

/** A suite that could not even be loaded fails no test of its own, and neither does one whose pattern finds none. */
const withFailure = (tally: Tally): Tally => (tally.failed > 0 ? tally : { ...tally, failed: 1 })
