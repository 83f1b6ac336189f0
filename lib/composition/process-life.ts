import { existsSync, readFileSync } from 'node:fs'
import type { ProcessHandle } from '@/lib/ports/channel'

/** A running process by pid and start time; null where there is none. Pids are used again, the two together are not. */
export function handleOf(pid: number): ProcessHandle | null {
  // Systems without /proc know no start time here: there the pid alone has to do.
  if (!existsSync('/proc/self/stat')) return answers(pid) ? { pid, startTicks: 0 } : null
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null
  }
  // The command's name stands in brackets and may itself hold brackets and blanks.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const startTicks = Number(rest[18])
  return state === 'Z' || state === 'X' || Number.isNaN(startTicks) ? null : { pid, startTicks }
}

export function isGone({ pid, startTicks }: ProcessHandle): boolean {
  const there = handleOf(pid)
  return there === null || there.startTicks !== startTicks
}

export function ownHandle(): ProcessHandle {
  return handleOf(process.pid) ?? { pid: process.pid, startTicks: 0 }
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
