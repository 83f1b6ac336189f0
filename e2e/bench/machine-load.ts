import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'

export interface MachineLoad {
  readonly cores: number
  /** Of the minute before it began: what others do on the machine, and what this bench did before. */
  readonly loadBefore: number
  readonly loadAfter: number
  /** Of all cores together, by everything that runs on the machine, clusters and cloud included. */
  readonly busyPercent: number
}

/** Fields of the first line of proc_stat(5): the fourth and fifth are idle and waiting for a disk. */
function times(): { readonly all: number; readonly idle: number } {
  const fields = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/).slice(1, 9).map(Number)
  return { all: fields.reduce((sum, one) => sum + one, 0), idle: (fields[3] ?? 0) + (fields[4] ?? 0) }
}

const minute = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10

/** From now until it is called. */
export function watchMachine(): () => MachineLoad {
  const before = times()
  const loadBefore = minute()
  return () => {
    const now = times()
    const busy = 1 - (now.idle - before.idle) / Math.max(1, now.all - before.all)
    return { cores: cpus().length, loadBefore, loadAfter: minute(), busyPercent: Math.round(busy * 100) }
  }
}
