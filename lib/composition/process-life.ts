import { existsSync } from 'node:fs'
import { processLives, processStat } from '@/lib/adapters/process/process-table'
import type { ProcessHandle } from '@/lib/ports/channel'

/** Systems without /proc know no start time here: there the pid alone has to do. */
const hasProc = existsSync('/proc/self/stat')

export function isGone({ pid, startTicks }: ProcessHandle): boolean {
  return hasProc ? !processLives(pid, startTicks) : !answers(pid)
}

/** This very process, by pid and start time: pids are used again, the two together are not. */
export function ownHandle(): ProcessHandle {
  return { pid: process.pid, startTicks: processStat(process.pid)?.startTicks ?? 0 }
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
