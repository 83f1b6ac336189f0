import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { portProblem } from './port'

/** Offsets of the monitors and first daemons of both sites, and of an OpenStack's, as e2e/lab/lab lays them out. */
const OFFSETS = [0, 1, 10, 11, 201, 202, 210, 211, 1000, 1001, 1010, 1011]

const FIRST = 15_300
const STEP = 2_000
const BASES = 8

/**
 * A port base for a lab that is not made yet: null leaves the lab its own choice (it was made already, or the caller
 * named one). Another checkout's lab may stand on this machine, or stand still just now, and must not be spoken to: so
 * each checkout begins to look somewhere else, and none of them at the lab's own default. `besides`: the bases of labs of
 * the same run, whose daemons may be down just now because a test wants it so.
 */
export async function labPort(state: string, besides: readonly (number | null)[] = []): Promise<number | null> {
  if (process.env.LAB_PORT !== undefined || existsSync(join(state, 'port'))) return null
  const begin = createHash('sha256').update(state).digest().readUInt8(0)
  for (let tried = 0; tried < BASES; tried++) {
    const base = FIRST + ((begin + tried) % BASES) * STEP
    if (besides.includes(base)) continue
    const taken = await Promise.all(OFFSETS.map((offset) => portProblem(base + offset)))
    if (taken.every((problem) => problem === null)) return base
  }
  return null
}
