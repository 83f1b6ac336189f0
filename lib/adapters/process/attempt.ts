import type { ProcessHandle } from '@/lib/ports/channel'
import { ATTEMPT } from './environment'
import { processesWith, processLives } from './process-table'

/** Does a process that was started for this attempt live on this machine? `unknown` where nobody can look. */
export function attemptHere(attemptId: string, handle: ProcessHandle | null): 'gone' | 'lives' | 'unknown' {
  if (handle !== null && processLives(handle.pid, handle.startTicks)) return 'lives'
  const here = processesWith(`${ATTEMPT}=${attemptId}`)
  if (here === null) return 'unknown'
  return here.length > 0 ? 'lives' : 'gone'
}

/** `cephadm shell` and `docker run` start a container for every command; `kubectl exec` and `docker exec` enter one. */
export const ownWorldEachTime = (exec: readonly string[]): boolean => {
  const words = exec.map((part) => part.split('/').at(-1))
  return words.includes('cephadm') || (words.includes('run') && (words.includes('docker') || words.includes('podman')))
}
