import { appendFileSync } from 'node:fs'
import { SAFETY_MARK } from '@/lib/cli/suites'

/**
 * What must never be: two primaries, an act done twice, a claim smaller than the loss, bytes that differ. Clusters that are
 * late may be tried again; of this a mark is left that forbids it (`npm run test:lab`).
 */
export function never(what: string, found: readonly unknown[]): void {
  const mark = process.env[SAFETY_MARK]
  if (found.length === 0) return
  const text = `${what}: ${JSON.stringify(found)}`
  if (mark !== undefined) appendFileSync(mark, `${text}\n`)
  throw new Error(text)
}
