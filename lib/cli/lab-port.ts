import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { portProblem } from './port'

/** Offsets of the monitors and of the first daemons of both sites, as e2e/lab/lab lays them out. */
const OFFSETS = [0, 1, 10, 11, 1000, 1001, 1010, 1011]

/**
 * A port base for a lab that is not made yet: null leaves the lab its own choice (it was made already, or the caller
 * named one). Another checkout's lab may stand on this machine, and must not be spoken to.
 */
export async function labPort(state: string): Promise<number | null> {
  if (process.env.LAB_PORT !== undefined || existsSync(join(state, 'port'))) return null
  for (let base = 13_300; base < 31_000; base += 2_000) {
    const taken = await Promise.all(OFFSETS.map((offset) => portProblem(base + offset)))
    if (taken.every((problem) => problem === null)) return base
  }
  return null
}
