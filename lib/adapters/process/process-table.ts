import { readdirSync, readFileSync } from 'node:fs'

/** Start time in clock ticks since boot and state letter of a process, null where there is none (or no /proc). */
export function processStat(pid: number): { readonly startTicks: number; readonly state: string } | null {
  try {
    // Fields are counted from after the last ')': the command's name, the second field, may hold anything.
    const fields =
      readFileSync(/* turbopackIgnore: true */ `/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ') ?? []
    const startTicks = Number(fields[19])
    return Number.isFinite(startTicks) && fields[0] ? { startTicks, state: fields[0] } : null
  } catch {
    return null
  }
}

/** Does the very process that was started then still run? A zombie has ended: nobody has collected it yet. */
export function processLives(pid: number, startTicks: number): boolean {
  const stat = processStat(pid)
  return stat !== null && stat.startTicks === startTicks && stat.state !== 'Z' && stat.state !== 'X'
}

/** Processes on this machine whose environment has `entry` ("NAME=value"); null where there is no /proc to look into. */
export function processesWith(entry: string): readonly number[] | null {
  let names: string[]
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return null
  }
  return names.map(Number).filter((pid) => {
    try {
      return readFileSync(/* turbopackIgnore: true */ `/proc/${pid}/environ`, 'latin1').split('\0').includes(entry)
    } catch {
      return false
    }
  })
}
