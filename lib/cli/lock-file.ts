import { linkSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { isGone, ownHandle } from '@/lib/composition/process-life'

export interface Holder {
  readonly pid: number
  readonly startTicks: number
  readonly host: string
  readonly port: number
}

export type Lock = { readonly kind: 'held'; release(): void } | { readonly kind: 'taken'; readonly holder: Holder }

const TOUCH_MS = 5_000
/** A holder on another machine (a shared folder, a container that is gone) can be judged by its sign of life alone. */
const SILENT_MS = 30_000

/** Takes `file` for this process. The lock of a process that is gone is none. */
export function tryLock(file: string, port = 0): Lock {
  const mine: Holder = { ...ownHandle(), host: hostname(), port }
  for (;;) {
    if (take(file, mine)) {
      const touch = setInterval(() => sign(file), TOUCH_MS)
      touch.unref()
      return {
        kind: 'held',
        release() {
          clearInterval(touch)
          rmSync(file, { force: true })
        },
      }
    }
    const holder = read(file)
    if (holder !== null && lives(holder, file)) return { kind: 'taken', holder }
    rmSync(file, { force: true })
  }
}

/** A link is made whole or not at all, so nobody ever reads half a lock. */
function take(file: string, mine: Holder): boolean {
  const own = `${file}.${process.pid}`
  writeFileSync(own, JSON.stringify(mine))
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

function read(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

function lives(holder: Holder, file: string): boolean {
  if (holder.host === hostname()) return !isGone(holder)
  const signedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Date.now() - signedAt < SILENT_MS
}

function sign(file: string): void {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // The folder was taken away under us; web and worker will say so in their own words.
  }
}
