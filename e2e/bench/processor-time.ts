import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second, as every Linux that Ceph runs on has them. */
const TICKS = 100

const fields = (pid: number | 'self'): readonly number[] =>
  (readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ') ?? []).map(Number)

/** User and system time, in milliseconds, of this process, of its children that have ended, and of the helpers. */
export function processorMs(helpers: readonly number[]): number {
  const { user, system } = process.cpuUsage()
  // Fields of proc(5) from the third on: 11 and 12 are the process's own, 13 and 14 its collected children's.
  const self = fields('self')
  const children = (self[13] ?? 0) + (self[14] ?? 0)
  const alive = helpers.map(fields).reduce((sum, one) => sum + (one[11] ?? 0) + (one[12] ?? 0), 0)
  return (user + system) / 1000 + ((children + alive) * 1000) / TICKS
}

/** Resident helpers that this process has started. */
export function helperProcesses(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        // Field 4 of proc(5) is the parent.
        return fields(pid)[1] === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('import rados')
      } catch {
        return false
      }
    })
}

export interface Cost {
  readonly wallMs: number
  readonly processorMs: number
}

/** What one of `times` goes of this work cost. */
export async function costOf(times: number, helpers: readonly number[], work: () => Promise<unknown>): Promise<Cost> {
  const began = performance.now()
  const before = processorMs(helpers)
  for (let count = 0; count < times; count++) await work()
  const round = (ms: number) => Math.round((ms / times) * 10) / 10
  return { wallMs: round(performance.now() - began), processorMs: round(processorMs(helpers) - before) }
}
