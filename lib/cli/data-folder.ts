import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { tryLock } from './lock-file'

export type Claim = { readonly kind: 'held'; release(): void } | { readonly kind: 'refused'; readonly line: string }

/** Makes the folder where it is missing and takes it for this process: one starter a folder. */
export function claimDataFolder(dir: string, port: number): Claim {
  const problem = notWritable(dir)
  if (problem !== null) return { kind: 'refused', line: problem }
  const lock = tryLock(join(dir, 'starter.lock'), port)
  if (lock.kind === 'held') return lock
  const { holder } = lock
  const where = holder.host === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`
  return {
    kind: 'refused',
    line: `The data folder ${dir} is in use by another Antipode (${where}, port ${holder.port}). Stop it, or choose another folder: --data DIR.`,
  }
}

function notWritable(dir: string): string | null {
  const probe = join(dir, `.writable-${process.pid}`)
  try {
    makeFolder(dir)
    writeFileSync(probe, '')
    rmSync(probe)
    return null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return `The data folder ${dir} cannot be written (${code}). Choose another: --data DIR.`
  }
}

/** One folder at a time: Node's own `recursive` never returns where a file system like /proc makes no folders. */
function makeFolder(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return
  const parent = dirname(dir)
  if (parent !== dir) makeFolder(parent)
  mkdirSync(dir, { mode: 0o750 })
}
