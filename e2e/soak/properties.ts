import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'

const SUITES = [
  {
    config: 'vitest.config.ts',
    files: ['truth', 'crash', 'evolve', 'journal-tail', 'snapshot-mark', 'sampling', 'families'],
  },
  { config: 'e2e/contract/vitest.config.ts', files: ['simulator-crash'] },
] as const

/**
 * Plays the property and crash tests with `times` new seeds; needs no lab. True where none found a counterexample;
 * its seed is printed, for PROPERTY_SEED.
 */
export function soakProperties(times: number): boolean {
  for (let round = 1; round <= times; round++) {
    const seed = randomInt(2 ** 31)
    console.log(`\n== properties ${round}/${times}: seed ${seed}`)
    for (const { config, files } of SUITES) {
      const { status } = spawnSync('node_modules/.bin/vitest', ['run', '--config', config, ...files], {
        stdio: 'inherit',
        env: { ...process.env, PROPERTY_SEED: String(seed), TRUTH_RUNS: '200' },
      })
      if (status !== 0) return false
    }
  }
  return true
}
